using System.Runtime.InteropServices;
using SdmxHub.Cli;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var terminal = Terminal.OfProcess();
return await CommandLine.RunAsync(args, terminal, stop.Token);

// The first signal asks the command to end in order; the second ends the process at once.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
