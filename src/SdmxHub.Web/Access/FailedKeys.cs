using System.Net;
using System.Net.Sockets;

namespace SdmxHub.Web;

/// <summary>Counts wrong keys by address and minute, so that nobody tries many.</summary>
/// <remarks>Keys have 256 random bits; this keeps the attempts from being a load, and shows them. Thread-safe.</remarks>
/// <param name="most">How many an address may send in a minute.</param>
/// <param name="clock">The time.</param>
sealed class FailedKeys(int most, TimeProvider clock)
{
    /// <summary>How many addresses are watched in one minute; more than that are no single attacker, and memory has an end.</summary>
    const int MaxAddresses = 100_000;

    readonly Lock _lock = new();
    readonly Dictionary<IPAddress, int> _counts = [];
    long _minute;

    /// <summary>How many seconds an address must wait before its next key is looked at; 0 for none.</summary>
    public int Wait(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            Turn(now);
            return _counts.GetValueOrDefault(Network(address)) < most ? 0 : 60 - now.Second;
        }
    }

    /// <summary>Notes a wrong key.</summary>
    public void Add(IPAddress? address)
    {
        lock (_lock)
        {
            Turn(clock.GetUtcNow());
            var network = Network(address);
            if (_counts.Count < MaxAddresses || _counts.ContainsKey(network))
                _counts[network] = _counts.GetValueOrDefault(network) + 1;
        }
    }

    /// <summary>What one sender has: an IPv4 address, or the /64 that every IPv6 subscriber gets.</summary>
    public static IPAddress Network(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    void Turn(DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (minute == _minute)
            return;
        _minute = minute;
        _counts.Clear();
    }
}
