using ActorDns.Server.Ports;

namespace ActorDns.Server.Tests.Updates;

/// <summary>Takes refusals and keeps them for the test.</summary>
internal sealed class RecordingRefusals : IRefusalSink
{
    public List<RefusedRequest> Refusals { get; } = [];

    /// <summary>Places that are left.</summary>
    public int Places { get; set; } = int.MaxValue;

    public bool TakesQueries { get; set; }

    public bool TryReserve() => Places-- > 0;

    public void Add(RefusedRequest refusal) => Refusals.Add(refusal);
}
