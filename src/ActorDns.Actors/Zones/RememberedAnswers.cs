using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Registries;

namespace ActorDns.Actors.Zones;

/// <summary>
/// The answers that signed updates got lately, so that a retransmitted one gets its first answer again. Bounded: the oldest go first.
/// Applied updates are kept in the store as well.
/// </summary>
internal sealed class RememberedAnswers(int capacity)
{
    private readonly Dictionary<UpdateSignature, Rcode> _answers = [];
    private readonly Queue<UpdateSignature> _order = new();

    public bool TryFind(UpdateSignature signature, [MaybeNullWhen(false)] out Rcode rcode) => _answers.TryGetValue(signature, out rcode);

    public void Add(UpdateSignature signature, Rcode rcode, DateTimeOffset now)
    {
        while (_order.TryPeek(out UpdateSignature? oldest) && (_order.Count >= capacity || oldest.KeepUntil < now))
            _answers.Remove(_order.Dequeue());
        if (_answers.TryAdd(signature, rcode))
            _order.Enqueue(signature);
    }
}
