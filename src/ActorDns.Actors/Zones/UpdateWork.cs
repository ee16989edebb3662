using System.Security.Cryptography;
using ActorDns.Kernel;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Updates that waited together: evaluated one after the other, each seeing those before it, journaled as one batch, answered when that is
/// durable. An answer that rests on an earlier update of the batch is not given before that one is safe. They are no more than
/// <see cref="UpdateBatch.MaxChanges"/>.
/// </summary>
internal sealed class UpdateWork(List<IncomingUpdate> updates, RememberedAnswers remembered) : ZoneWork
{
    private readonly List<Decided> _results = [];
    private readonly Dictionary<UpdateSignature, List<IncomingUpdate>> _copies = [];
    private readonly List<int> _effective = []; // Places in _results, by place among the proposal's entries.
    private UpdateBatch? _batch;

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        Forget();
        AnswerCopies(zone);
        if (zone.Current is not { } current)
        {
            AnswerAll(Rcode.ServFail);
            return null;
        }

        _batch = new UpdateBatch(current, SettingsOf(zone, current), zone.Now);
        List<ZoneChange> changes = [];
        List<JournalEntry> entries = [];
        foreach (IncomingUpdate update in updates)
        {
            UpdateResult result = Evaluate(update, out UpdateMessage? message);
            if (result.Change is { } change)
            {
                _effective.Add(_results.Count);
                changes.Add(change);
                entries.Add(EntryOf(zone, update, change, result.Rcode));
            }

            _results.Add(new Decided(update, result, message, result.Rcode));
        }

        await RecallAsync(zone, ct).ConfigureAwait(false);
        return changes.Count == 0 ? null : new Proposal(_batch.Current, changes, entries);
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal) => _batch!.Discard();

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        foreach (Decided decided in _results)
        {
            UpdateLines.Write(zone, decided.Update, decided.Result, decided.Message);
            Answer(decided.Update, decided.Rcode, zone);
            if (decided.Update.Signature is { } signature)
                remembered.Add(signature, decided.Rcode, zone.Now);
        }
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason)
    {
        foreach (IncomingUpdate update in updates)
        {
            Log.UpdateNotJournaled(zone.UpdateLog, update.LogPrefix, zone.Settings.LogName, status.ToString(), reason);
            Answer(update, Rcode.ServFail);
        }
    }

    /// <inheritdoc/>
    public override void TakeOut(IReadOnlyList<DuplicateRequest> duplicates)
    {
        List<IncomingUpdate> known = [];
        foreach (DuplicateRequest duplicate in duplicates)
        {
            IncomingUpdate update = _results[_effective[duplicate.EntryIndex]].Update;
            Answer(update, new Rcode(duplicate.Rcode));
            known.Add(update);
        }

        updates.RemoveAll(known.Contains);
    }

    /// <summary>
    /// A copy of an update that was applied by another node, or before a restart, changes nothing now or fails its prerequisites: the
    /// store knows its first answer. A copy that would change something is found by the append.
    /// </summary>
    private async ValueTask RecallAsync(ZoneState zone, CancellationToken ct)
    {
        if (zone.Journal is not { Version: > 0 } journal)
            return;
        List<RequestFingerprint> requests = [];
        List<int> places = [];
        for (int i = 0; i < _results.Count; i++)
        {
            if (_results[i] is not { Update.Signature: { } signature, Result.Change: null } decided || !MayHaveBeenApplied(decided.Result))
                continue;
            requests.Add(signature.Fingerprint(decided.Rcode));
            places.Add(i);
        }

        if (requests.Count == 0)
            return;
        StoreResult<IReadOnlyList<DuplicateRequest>> known = await journal.FindRequestsAsync(requests, ct).ConfigureAwait(false);
        if (!known.IsDone)
        {
            foreach (int place in places)
                _results[place] = _results[place] with { Rcode = Rcode.ServFail };
            return;
        }

        foreach (DuplicateRequest duplicate in known.Value)
        {
            int place = places[duplicate.EntryIndex];
            _results[place] = _results[place] with { Rcode = new Rcode(duplicate.Rcode) };
        }
    }

    private static bool MayHaveBeenApplied(UpdateResult result) =>
        result.Rcode == Rcode.NoError || result.Rcode == Rcode.NxDomain || result.Rcode == Rcode.YxDomain
        || result.Rcode == Rcode.NxRrset || result.Rcode == Rcode.YxRrset;

    private static UpdateSettings SettingsOf(ZoneState zone, ZoneSnapshot current) => zone.Settings.Updates with
    {
        Closed = zone.Blocked
            ?? (zone.IsFrozen ? "zone is frozen" : null)
            ?? UpdateBlock.ReasonAgainst(current, canSign: false)
            ?? zone.Settings.Updates.Closed,
    };

    private static JournalEntry EntryOf(ZoneState zone, IncomingUpdate update, ZoneChange change, Rcode rcode) =>
        zone.EntryOf(change, ChangeOrigin.Update) with
        {
            KeyName = update.Requester.Key?.ToLogString(),
            Peer = update.Client.ToString(),
            MessageId = MessageHeader.Id(update.Message.Span),
            MacDigest = update.Signature is { } signed ? SHA256.HashData(signed.Mac.Span) : default,
            Request = update.Signature?.Fingerprint(rcode),
        };

    private UpdateResult Evaluate(IncomingUpdate update, out UpdateMessage? message)
    {
        if (!UpdateMessage.TryParse(update.Message.Span, out message, out string? reason))
            return new UpdateResult(new UpdateFailure(Rcode.FormErr, $"update failed: {reason} (FORMERR)"), null, []);
        return _batch!.Evaluate(new UpdateRequest(message, update.Requester));
    }

    // Copies of a message that was answered get that answer; copies of one that is here wait for it.
    private void AnswerCopies(ZoneState zone)
    {
        HashSet<UpdateSignature> seen = [];
        updates.RemoveAll(update =>
        {
            if (update.Signature is not { } signature)
                return false;
            if (remembered.TryFind(signature, out Rcode rcode))
            {
                Answer(update, rcode, zone);
                return true;
            }

            if (seen.Add(signature))
                return false;
            if (!_copies.TryGetValue(signature, out List<IncomingUpdate>? copies))
                _copies.Add(signature, copies = []);
            copies.Add(update);
            return true;
        });
    }

    private void AnswerAll(Rcode rcode)
    {
        foreach (IncomingUpdate update in updates)
            Answer(update, rcode);
        updates.Clear();
    }

    /// <summary>Answers an update and its copies. With a zone, what it did is known to the other nodes first.</summary>
    private void Answer(IncomingUpdate update, Rcode rcode, ZoneState? zone = null)
    {
        Give(update.Answer);
        if (update.Signature is { } signature && _copies.Remove(signature, out List<IncomingUpdate>? copies))
        {
            foreach (IncomingUpdate copy in copies)
                Give(copy.Answer);
        }

        void Give(ReplyTo<Rcode> answer)
        {
            if (zone is not null && rcode == Rcode.NoError)
                zone.Answer(answer, rcode);
            else
                answer.Reply(rcode);
        }
    }

    private void Forget()
    {
        _results.Clear();
        _effective.Clear();
        _batch = null;
    }

    /// <summary>An update with what is to be answered: the outcome, or what its first copy was answered.</summary>
    private sealed record Decided(IncomingUpdate Update, UpdateResult Result, UpdateMessage? Message, Rcode Rcode);
}
