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
/// durable. An answer that rests on an earlier update is not given before that one is safe. They may be evaluated ahead, on a version that
/// is still being journaled; should that never be published, they are evaluated anew.
/// </summary>
internal sealed class UpdateWork(RememberedAnswers remembered) : ZoneWork
{
    private readonly List<IncomingUpdate> _updates = [];
    private readonly List<Decided> _results = []; // Of the first of the updates, as many as have been evaluated.
    private readonly HashSet<UpdateSignature> _seen = []; // Those of the same.
    private readonly Dictionary<UpdateSignature, List<IncomingUpdate>> _copies = [];
    private readonly List<int> _effective = []; // Places in _results, by place among the proposal's entries.
    private List<ZoneChange> _changes = [];
    private List<JournalEntry> _entries = [];
    private UpdateBatch? _batch;

    /// <summary>True when no update waits here.</summary>
    public bool IsEmpty => _updates.Count == 0;

    /// <summary>True when there is no room for more.</summary>
    public bool IsFull => _updates.Count >= UpdateBatch.MaxChanges;

    /// <summary>Takes what waits, as far as there is room.</summary>
    public void Fill(UpdateInbox inbox) => inbox.Fill(_updates, UpdateBatch.MaxChanges);

    /// <summary>Evaluates those that have not been yet on a version that is being journaled, with what was evaluated before them.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="basis">The version that is being journaled.</param>
    /// <param name="under">The work that made it; copies of its updates wait for its answers.</param>
    public void EvaluateAhead(ZoneState zone, ZoneSnapshot basis, UpdateWork under) => Evaluate(zone, basis, under);

    /// <summary>What was evaluated counts no more; the updates stay.</summary>
    public void Reconsider()
    {
        DropVersions();
        _results.Clear();
        _seen.Clear();
        _effective.Clear();
        _changes = [];
        _entries = [];
    }

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        if (zone.Current is not { } current)
        {
            Reconsider();
            AnswerAll(Rcode.ServFail);
            return null;
        }

        Evaluate(zone, current, null);
        await RecallAsync(zone, ct).ConfigureAwait(false);
        return _changes.Count == 0 ? null : new Proposal(_batch!.Current, _changes, _entries);
    }

    /// <inheritdoc/>
    /// <remarks>What was evaluated stays, for <see cref="TakeOut"/>; the next proposal evaluates anew.</remarks>
    public override void Discard(ZoneState zone, Proposal proposal) => DropVersions();

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
        foreach (IncomingUpdate update in _updates)
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

        _updates.RemoveAll(known.Contains);
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

    private void Evaluate(ZoneState zone, ZoneSnapshot basis, UpdateWork? under)
    {
        if (_batch?.Start != basis)
        {
            Reconsider();
            _batch = new UpdateBatch(basis, SettingsOf(zone, basis), zone.Now);
        }

        TakeOutCopies(zone, under);
        while (_results.Count < _updates.Count)
        {
            IncomingUpdate update = _updates[_results.Count];
            UpdateResult result = Evaluate(update, out UpdateMessage? message);
            if (result.Change is { } change)
            {
                _effective.Add(_results.Count);
                _changes.Add(change);
                _entries.Add(EntryOf(zone, update, change, result.Rcode));
            }

            _results.Add(new Decided(update, result, message, result.Rcode));
        }
    }

    // Copies of a message that was answered get that answer; copies of one that is here, or in the work before, wait for it.
    private void TakeOutCopies(ZoneState zone, UpdateWork? under)
    {
        int kept = _results.Count;
        for (int i = kept; i < _updates.Count; i++)
        {
            IncomingUpdate update = _updates[i];
            if (update.Signature is not { } signature)
                _updates[kept++] = update;
            else if (remembered.TryFind(signature, out Rcode rcode))
                Answer(update, rcode, zone);
            else if (under?._seen.Contains(signature) == true)
                under.AddCopy(signature, update);
            else if (_seen.Add(signature))
                _updates[kept++] = update;
            else
                AddCopy(signature, update);
        }

        _updates.RemoveRange(kept, _updates.Count - kept);
    }

    private void AddCopy(UpdateSignature signature, IncomingUpdate copy)
    {
        if (!_copies.TryGetValue(signature, out List<IncomingUpdate>? copies))
            _copies.Add(signature, copies = []);
        copies.Add(copy);
    }

    private void AnswerAll(Rcode rcode)
    {
        foreach (IncomingUpdate update in _updates)
            Answer(update, rcode);
        _updates.Clear();
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

    private void DropVersions()
    {
        _batch?.Discard();
        _batch = null;
    }

    /// <summary>An update with what is to be answered: the outcome, or what its first copy was answered.</summary>
    private sealed record Decided(IncomingUpdate Update, UpdateResult Result, UpdateMessage? Message, Rcode Rcode);
}
