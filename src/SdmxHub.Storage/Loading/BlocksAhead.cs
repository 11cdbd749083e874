using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Fills blocks on a thread of its own while the caller works on those filled before: a load's steps overlap on two cores.</summary>
/// <remarks>Blocks come in the order they were filled. They are the caller's, who may use them again for the next step.</remarks>
sealed class BlocksAhead : IDisposable
{
    readonly BlockingCollection<ObservationBlock> _free = [];
    readonly BlockingCollection<ObservationBlock> _filled = [];
    readonly CancellationTokenSource _stop = new();
    readonly Func<ObservationBlock, bool> _fill;
    readonly Thread _thread;
    ExceptionDispatchInfo? _fault;
    ObservationBlock? _lent;

    /// <summary>Starts to fill.</summary>
    /// <param name="blocks">The blocks to fill, one after the other and again: three let both threads work.</param>
    /// <param name="fill">Fills a block, false behind the last; called by one thread only, which is another than the caller's.</param>
    public BlocksAhead(ObservationBlock[] blocks, Func<ObservationBlock, bool> fill)
    {
        _fill = fill;
        foreach (var block in blocks)
            _free.Add(block);
        _thread = new Thread(Fill) { IsBackground = true, Name = "blocks ahead" };
        _thread.Start();
    }

    /// <summary>The next block, to be used until the next call; null behind the last.</summary>
    /// <remarks>Throws what filling threw, behind the blocks filled before it.</remarks>
    public ObservationBlock? Next()
    {
        if (_lent is not null)
            _free.Add(_lent);
        if (_filled.TryTake(out _lent, Timeout.Infinite))
            return _lent;
        _fault?.Throw();
        return null;
    }

    /// <summary>Stops filling and waits until it has stopped.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _free.Dispose();
        _filled.Dispose();
        _stop.Dispose();
    }

    void Fill()
    {
        try
        {
            while (_free.TryTake(out var block, Timeout.Infinite, _stop.Token) && _fill(block))
                _filled.Add(block);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody waits for more.
        }
        catch (Exception fault)
        {
            // Not swallowed: Next throws it on the caller's thread.
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
        finally
        {
            _filled.CompleteAdding();
        }
    }
}
