namespace Sdmx.Json;

/// <summary>The versions of SDMX-JSON structure messages, in order.</summary>
enum JsonVersion
{
    /// <summary>1.0: the information model of SDMX 2.1.</summary>
    V10,

    /// <summary>2.0: that of 3.0.</summary>
    V20,

    /// <summary>2.1: that of 3.1.</summary>
    V21,
}
