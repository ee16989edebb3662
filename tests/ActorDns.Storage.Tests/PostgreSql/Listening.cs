using System.Threading.Channels;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;

namespace ActorDns.Storage.Tests.PostgreSql;

/// <summary>A node that listens, and what it has heard.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();

    public Listening(PostgreSqlStore store) =>
        Ended = store.Cluster!.Signals.ListenAsync(text => _heard.Writer.TryWrite(text), _ready.SetResult, _end.Token).AsTask();

    /// <summary>How it ended.</summary>
    public Task<StoreResult<bool>> Ended { get; }

    public bool IsReady => _ready.Task.IsCompleted;

    /// <summary>Waits until messages are heard; fails when it ends instead.</summary>
    public async Task ReadyAsync()
    {
        Task first = await Task.WhenAny(_ready.Task, Ended).WaitAsync(Deadline);
        Assert.True(first == _ready.Task, Ended.IsCompletedSuccessfully ? (await Ended).ToString() : "not ready");
    }

    public async Task<string> NextAsync() => await _heard.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Ended.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }
}
