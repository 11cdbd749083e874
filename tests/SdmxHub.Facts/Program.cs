using SdgShipment;

if (args.Length is 0 or > 2 || !Directory.Exists(Path.Combine(args[0], "codelists")))
{
    Console.Error.WriteLine("""
        usage: dotnet run --project tests/SdmxHub.Facts -- FACTS [OUTPUT]
        Makes the messages under dsd/, msd/ and samples/ from the folder of SDG facts FACTS, below OUTPUT (default: the current folder).
        """);
    return 2;
}

Shipment.Write(args[0], args.Length == 2 ? args[1] : ".", Console.Out);
return 0;
