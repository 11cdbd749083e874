namespace Sdmx.Tests.Csv;

/// <summary>Seeded damage to a table.</summary>
static class CsvDamage
{
    /// <summary>The table with one to three changes.</summary>
    public static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var one = random.Next(3) == 0 ? (byte)random.Next(256) : "\",\r\n\"A"u8[random.Next(6)];
            if (random.Next(3) == 0)
                bytes[at] = one;
            else if (random.Next(2) == 0)
                bytes.Insert(at, one);
            else
                bytes.RemoveRange(at, Math.Min(random.Next(1, random.Next(2) == 0 ? 4 : 100), bytes.Count - at - 1));
        }

        return [.. bytes];
    }
}
