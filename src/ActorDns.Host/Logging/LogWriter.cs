using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;

namespace ActorDns.Host.Logging;

/// <summary>
/// The one thread that writes. Everybody else leaves lines in a bounded queue and goes on: when the disk is slower than the events,
/// lines are lost, counted, and the loss is said in the log itself.
/// </summary>
internal sealed class LogWriter : IDisposable
{
    private const int QueueLines = 16_384;
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(5);

    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(QueueLines) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly TimeProvider _clock;
    private readonly Func<int> _debugLevel;
    private readonly Thread _thread;
    private LogPlan _plan;
    private long _dropped;
    private long _droppedSaid;

    public LogWriter(LogPlan plan, TimeProvider clock, Func<int> debugLevel)
    {
        _plan = plan;
        _clock = clock;
        _debugLevel = debugLevel;
        _thread = new Thread(Run) { IsBackground = true, Name = "log writer" };
        _thread.Start();
    }

    /// <summary>Lines lost because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Leaves a line; never waits.</summary>
    public void Post(in LogLine line)
    {
        if (!_queue.Writer.TryWrite(new Work(line, null, null)))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Lines left before go where they went; lines left after go by the new plan. The old one's files are closed.</summary>
    public Task ReplaceAsync(LogPlan plan) => PostAndWaitAsync(writer =>
    {
        writer._plan.Dispose();
        writer._plan = plan;
    });

    /// <summary>Closes the files and opens them again by name.</summary>
    public Task ReopenAsync() => PostAndWaitAsync(writer =>
    {
        foreach (ILogSink sink in writer._plan.Sinks)
            sink.Reopen();
    });

    /// <summary>Completes when everything left so far has been written.</summary>
    public Task FlushAsync() => PostAndWaitAsync(writer => writer.Flush());

    /// <summary>Writes what is left, for a few seconds at most, and closes the files.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join(LongestDrain);
    }

    private async Task PostAndWaitAsync(Action<LogWriter> action)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _queue.Writer.WriteAsync(new Work(default, action, done)).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return; // The log has been closed; there is nothing left to change or write.
        }

        await done.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        ChannelReader<Work> reader = _queue.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (reader.TryRead(out Work work))
            {
                if (work.Action is null)
                    Write(work.Line);
                else
                    Perform(work.Action, work.Done!);
            }

            SayLoss();
            Flush();
        }

        _plan.Dispose();
    }

    private void Perform(Action<LogWriter> action, TaskCompletionSource done)
    {
        try
        {
            action(this);
            done.SetResult();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            done.SetException(failure);
        }
    }

    private void Write(in LogLine line)
    {
        ImmutableArray<LogRoute> routes = _plan.RoutesOf(line.Category);
        int debugLevel = _debugLevel();
        foreach (LogRoute route in routes)
        {
            if (route.Takes(line.Level, debugLevel))
                route.Sink.TryWrite(line);
        }
    }

    private void SayLoss()
    {
        long dropped = Dropped;
        if (dropped == _droppedSaid)
            return;
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"{dropped - _droppedSaid} log lines were lost because they came faster than they could be written ({dropped} in all)");
        _droppedSaid = dropped;
        Write(new LogLine(_clock.GetUtcNow(), "general", BindLevel.Warning, message));
    }

    private void Flush()
    {
        foreach (ILogSink sink in _plan.Sinks)
            sink.Flush();
    }

    private readonly record struct Work(LogLine Line, Action<LogWriter>? Action, TaskCompletionSource? Done);
}
