namespace SdmxHub.Storage;

/// <summary>What <see cref="StoreCheck"/> found.</summary>
public sealed class StoreCheckReport
{
    const int MaxKept = 1000;

    readonly List<string> _faults = [];

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => FaultCount == 0;

    /// <summary>The first thousand faults, in words; <see cref="FaultCount"/> counts all.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>How many faults there are.</summary>
    public long FaultCount { get; private set; }

    /// <summary>The revision that was the newest.</summary>
    public long Revision { get; internal set; }

    /// <summary>How many series and holders of attributes there are.</summary>
    public long Series { get; internal set; }

    /// <summary>How many observations the newest revision holds.</summary>
    public long Observations { get; internal set; }

    /// <summary>How many blocks were unpacked and checked, those of the history included.</summary>
    public long Blocks { get; internal set; }

    /// <summary>How many versions of artefacts were read.</summary>
    public long Artefacts { get; internal set; }

    internal void Add(string fault)
    {
        FaultCount++;
        if (_faults.Count < MaxKept)
            _faults.Add(fault);
    }
}
