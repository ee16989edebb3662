using ActorDns.Server.Sockets;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Answers the datagrams of one listener thread. State, clock and epoch are taken once for a whole batch.
/// </summary>
/// <param name="published">What is served.</param>
/// <param name="epochs">Where this thread tells which versions it may be reading.</param>
/// <param name="clock">Wall clock.</param>
/// <param name="events">Where logs go.</param>
/// <param name="counters">This thread's counters.</param>
/// <param name="leases">Where transfers lease their snapshots.</param>
/// <param name="updates">Where updates go; null where nothing can be changed.</param>
public sealed class UdpRequestHandler(
    PublishedState published,
    ReaderEpochs epochs,
    TimeProvider clock,
    RequestEvents events,
    RequestCounters counters,
    SnapshotLeases leases,
    UpdateHandOff? updates)
    : IDatagramHandler, IDisposable
{
    private readonly RequestScratch _scratch = new(events, counters, leases, updates?.Writers) { Ahead = new SearchAhead() };
    private readonly ReaderSlot _slot = epochs.Register();
    private ServingState _state = published.Current;
    private long _nowUnixSeconds;

    /// <inheritdoc/>
    public void BeginBatch(int count)
    {
        _slot.Enter();
        _state = published.Current;
        _nowUnixSeconds = clock.GetUtcNow().ToUnixTimeSeconds();
        _scratch.Ahead!.Begin(count);
    }

    /// <inheritdoc/>
    public void Prepare(int index, in Datagram request)
    {
        _scratch.Ahead!.Add(index, request.Payload, _state);
    }

    /// <inheritdoc/>
    public int Answer(int index, in Datagram request, Span<byte> response)
    {
        _scratch.Reset();
        Request work = new()
        {
            Message = request.Payload,
            Response = response,
            Scratch = _scratch,
            State = _state,
            Source = request.Source,
            Local = request.Local,
            Transport = AccessTransports.Udp,
            NowUnixSeconds = _nowUnixSeconds,
            BatchIndex = index,
            ReplyLimitBytes = Math.Min(ReplyStep.PlainUdpBytes, response.Length),
        };
        StepResult result = RequestPipeline.Run(ref work, out int length);
        if (result == StepResult.HandOff && _scratch.Update is { } update)
            updates!.Post(update, request.KeepReturn());
        return result == StepResult.Reply ? length : 0;
    }

    /// <inheritdoc/>
    public void EndBatch() => _slot.Exit();

    /// <inheritdoc/>
    public void Dispose()
    {
        _slot.Dispose();
        _scratch.Dispose();
    }
}
