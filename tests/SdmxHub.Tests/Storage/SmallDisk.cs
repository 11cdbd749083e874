using System.Diagnostics;

namespace SdmxHub.Tests.Storage;

/// <summary>A file system of a few megabytes, in memory, that can be filled and made read-only. Where none can be mounted, the test is skipped.</summary>
sealed class SmallDisk : IDisposable
{
    readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("sdmxhub-disk-");

    public SmallDisk(int megabytes = 8)
    {
        if (Command("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _place.FullName) is not null and var fault)
        {
            _place.Delete();
            Assert.Ignore($"no file system can be mounted here: {fault}");
        }
    }

    public string At(string name) => Path.Combine(_place.FullName, name);

    public long Free => new DriveInfo(_place.FullName).AvailableFreeSpace;

    /// <summary>Fills the disk but for some bytes.</summary>
    public void Fill(long free)
    {
        File.Delete(At("filler"));
        using var filler = File.Create(At("filler"));
        var left = Math.Max(0, Free - free);
        for (var page = new byte[4096]; left > 0; left -= page.Length)
            filler.Write(page);
    }

    public void MakeRoom() => File.Delete(At("filler"));

    public void AllowWriting(bool isAllowed) =>
        Assert.That(Command("mount", "-o", isAllowed ? "remount,rw" : "remount,ro", _place.FullName), Is.Null);

    public void Dispose()
    {
        Command("umount", "--lazy", _place.FullName);
        _place.Delete();
    }

    /// <summary>Runs a command; what it complains of, or null.</summary>
    static string? Command(string name, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
            return "this is no Linux";
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : complaint.Trim();
    }
}
