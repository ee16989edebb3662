using System.Diagnostics;

namespace ActorDns.Testing.Processes;

/// <summary>
/// A server that runs beside the test. Its lines are kept, a test can wait for one (also one that has been written already), and
/// it has always ended when <see cref="DisposeAsync"/> returns.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan GraceAtEnd = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<Waiter> _waiters = [];
    private readonly Process _process;
    private readonly string _name;
    private int _openStreams = 2;

    private ChildProcess(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>All lines so far, of standard output and error.</summary>
    public string[] Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public static ChildProcess Start(
        string name, string[] arguments, string? workingFolder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(Tool.Find(name), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? "",
        };
        foreach ((string variable, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        ChildProcess child = new(new Process { StartInfo = start }, $"{name} {string.Join(' ', arguments)}");
        child._process.OutputDataReceived += (_, line) => child.Take(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Take(line.Data);
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The first line that contains <paramref name="part"/>, whether it was written before or is still to come.</summary>
    public Task<string> WaitForLineAsync(string part, TimeSpan? deadline = null) =>
        WaitForLineAsync(line => line.Contains(part, StringComparison.Ordinal), $"'{part}'", 0, deadline);

    /// <summary>The same among the lines after the first <paramref name="seen"/>; take that number before the trigger.</summary>
    public Task<string> WaitForLineAsync(string part, int seen, TimeSpan? deadline = null) =>
        WaitForLineAsync(line => line.Contains(part, StringComparison.Ordinal), $"'{part}'", seen, deadline);

    public async Task<string> WaitForLineAsync(Func<string, bool> isMeant, string meaning, int seen, TimeSpan? deadline)
    {
        Waiter waiter = new(isMeant);
        lock (_gate)
        {
            string? line = _lines.Skip(seen).FirstOrDefault(isMeant);
            if (line is not null)
                return line;
            if (_openStreams == 0)
                waiter.Found.SetException(Failure($"ended without writing {meaning}"));
            else
                _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Found.Task.WaitAsync(deadline ?? DefaultDeadline);
        }
        catch (TimeoutException)
        {
            lock (_gate)
                throw Failure($"did not write {meaning} in time");
        }
    }

    public void Hangup() => UnixSignal.Hangup.SendTo(Id);

    public void Terminate() => UnixSignal.Terminate.SendTo(Id);

    public void Interrupt() => UnixSignal.Interrupt.SendTo(Id);

    public void Kill() => _process.Kill();

    /// <summary>Waits until the process has ended and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? deadline = null)
    {
        using CancellationTokenSource late = new(deadline ?? DefaultDeadline);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
                throw Failure("did not end in time");
        }

        return _process.ExitCode;
    }

    /// <summary>Resident memory now, from the kernel's own figures.</summary>
    public long ResidentKibibytes() => long.Parse(
        File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        null);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Terminate();
            using CancellationTokenSource late = new(GraceAtEnd);
            try
            {
                await _process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_gate)
        {
            if (line is null)
            {
                if (--_openStreams == 0)
                    _waiters.ForEach(waiter => waiter.Found.TrySetException(Failure("ended while a line of it was waited for")));
                return;
            }

            _lines.Add(line);
            foreach (Waiter waiter in _waiters.Where(waiter => waiter.IsMeant(line)))
                waiter.Found.TrySetResult(line);
            _waiters.RemoveAll(waiter => waiter.Found.Task.IsCompleted);
        }
    }

    private InvalidOperationException Failure(string what) =>
        new($"{_name} {what}; its last lines:\n{string.Join('\n', _lines.TakeLast(60))}");

    private sealed record Waiter(Func<string, bool> IsMeant)
    {
        public TaskCompletionSource<string> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
