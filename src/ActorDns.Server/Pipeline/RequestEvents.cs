using System.Globalization;
using System.Text;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Ports;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// What the pipeline tells the operator, in BIND's words and categories with the rule that decided behind them. Text is made only when
/// the category is listened to.
/// </summary>
/// <param name="loggers">Makes the loggers of categories.</param>
/// <param name="refusals">Keeps what was refused; null where nobody does.</param>
public sealed class RequestEvents(ILoggerFactory loggers, IRefusalSink? refusals = null)
{
    /// <summary>Longest UPDATE whose records are kept with its refusal.</summary>
    private const int MaxKeptUpdateBytes = 16_384;

    private const string Refused = "REFUSED";
    private const string QueryOperation = "query";
    private const string NoViewRule = "match-clients and match-destinations: no view matched";
    private readonly ILogger _client = loggers.CreateLogger("client");
    private readonly ILogger _security = loggers.CreateLogger("security");
    private readonly ILogger _updateSecurity = loggers.CreateLogger("update-security");
    private readonly ILogger _transfers = loggers.CreateLogger("xfer-out");
    private readonly ILogger _queries = loggers.CreateLogger("queries");
    private readonly ILogger _notify = loggers.CreateLogger("notify");
    private readonly ILogger _general = loggers.CreateLogger("general");

    internal void TsigFailed(in Request request, in TsigContext tsig)
    {
        request.Scratch.Counters.CountSignatureFailure(tsig.Outcome);
        if (TryReserve(request, isQueryWanted: true))
        {
            string answer = tsig.Outcome.ToString().ToUpperInvariant();
            Keep(request, request.Zone, TsigText.LogName(tsig.KeyName), answer, $"TSIG: {TsigText.Describe(tsig)}");
        }

        if (!_security.IsEnabled(LogLevel.Error))
            return;
        Log.InvalidSignature(
            _security,
            $"client @0x{request.Source.GetHashCode():x} {request.Source}", // BIND has not looked at the question yet.
            TsigText.LogName(tsig.KeyName),
            $"{TsigText.Summarize(tsig.Outcome)}: {TsigText.Describe(tsig)}");
    }

    internal void NoView(in Request request)
    {
        if (TryReserve(request, refusals?.TakesQueries ?? false))
            Keep(request, null, VerifiedKey(request), Refused, NoViewRule);
        if (_client.IsEnabled(LogLevel.Debug))
            Log.NoView(_client, Client(request, withName: false), request.Layout.QuestionClass.ToString(), NoViewRule);
    }

    internal void QueryDenied(in Request request, ServedZone zone, string list, in MatchResult rule)
    {
        if (TryReserve(request, refusals?.TakesQueries ?? false))
            Keep(request, zone, VerifiedKey(request), Refused, Rule(list, rule));
        if (_security.IsEnabled(LogLevel.Information))
            Log.QueryDenied(_security, Client(request), QuestionInQuotes(request), zone.LogName, Rule(list, rule));
    }

    internal void TransferDenied(in Request request, ServedZone zone, in MatchResult rule)
    {
        if (TryReserve(request))
            Keep(request, zone, VerifiedKey(request), Refused, Rule("allow-transfer", rule));
        if (!_security.IsEnabled(LogLevel.Error))
            return;
        Log.TransferDenied(
            _security, Client(request), zone.Origin.ToLogString(), request.Layout.QuestionType.ToString(), Rule("allow-transfer", rule));
    }

    internal void TransferWithoutZone(in Request request)
    {
        if (_transfers.IsEnabled(LogLevel.Information))
            Log.TransferWithoutZone(_transfers, Client(request), $"{QuestionName(request)}/{request.Layout.QuestionClass}");
    }

    internal void UpdateDenied(in Request request, ServedZone zone, string rule)
    {
        if (TryReserve(request))
            Keep(request, zone, VerifiedKey(request), Refused, rule);
        if (!_updateSecurity.IsEnabled(LogLevel.Error))
            return;
        string kind = zone.Role == ZoneRole.Primary ? "update" : "update forwarding";
        Log.UpdateDenied(_updateSecurity, UpdateClient(request), kind, zone.LogName, rule);
    }

    internal void NotifyReceived(in Request request, ServedZone zone)
    {
        if (!_notify.IsEnabled(LogLevel.Information))
            return;
        string signed = request.Scratch.VerifiedKeyName.IsEmpty
            ? ""
            : $": TSIG '{TsigText.LogName(request.Scratch.VerifiedKeyName)}'";
        Log.NotifyReceived(_notify, UpdateClient(request), zone.Origin.ToLogString(), signed);
    }

    internal void NotifyRefused(in Request request, ServedZone zone, in MatchResult rule)
    {
        if (TryReserve(request))
            Keep(request, zone, VerifiedKey(request), Refused, Rule("allow-notify", rule));
        if (_general.IsEnabled(LogLevel.Information))
            Log.NotifyRefused(_general, zone.LogName, request.Source.ToString(), Rule("allow-notify", rule));
    }

    internal void Query(in Request request)
    {
        if (!_queries.IsEnabled(LogLevel.Information))
            return;
        StringBuilder flags = new(12);
        flags.Append(request.RecursionDesired ? '+' : '-');
        if (request.Scratch.IsSigned)
            flags.Append('S');
        if (request.Opt.IsPresent)
            flags.Append("E(0)");
        if (request.IsStream)
            flags.Append('T');
        if (request.Opt.DnssecOk)
            flags.Append('D');
        if ((MessageHeader.Flags(request.Message) & MessageHeader.CheckingDisabled) != 0)
            flags.Append('C');
        if (request.Scratch.HasCookie)
            flags.Append(request.IsCookieGood ? 'V' : 'K');
        Log.Query(_queries, Client(request), Question(request), flags.ToString(), request.Local.Address.ToString());
    }

    /// <summary>The client as BIND begins lines about updates and notifies: without the name asked for.</summary>
    internal static string UpdateClient(in Request request) => Client(request, withName: false);

    /// <summary>The rule that decided, as it ends a line about a refusal.</summary>
    internal static string Rule(string list, in MatchResult rule) => rule.Decision == MatchDecision.NoMatch
        ? $"{list}: no rule matched"
        : $"{list}: {rule.RuleText}";

    /// <summary>The client as BIND's lines begin: address, key, and the name asked for in parentheses.</summary>
    private static string Client(in Request request, bool withName = true)
    {
        StringBuilder text = new(96);
        text.Append(CultureInfo.InvariantCulture, $"client @0x{request.Source.GetHashCode():x} {request.Source}");
        if (!request.Scratch.VerifiedKeyName.IsEmpty)
            text.Append("/key ").Append(TsigText.LogName(request.Scratch.VerifiedKeyName));

        if (withName && request.Layout.HasQuestion)
        {
            text.Append(" (");
            NameText.Append(text, request.Layout.QuestionName(request.Message), keepFinalDot: false);
            text.Append(')');
        }

        if (request.View is { Name: not View.DefaultName } view)
            text.Append(": view ").Append(view.Name);
        return text.ToString();
    }

    private bool TryReserve(in Request request, bool isQueryWanted = false) =>
        refusals is not null && (isQueryWanted || OperationOf(request) != QueryOperation) && refusals.TryReserve();

    private void Keep(in Request request, ServedZone? zone, string? key, string answer, string rule)
    {
        string operation = OperationOf(request);
        bool isUpdate = operation == "update" && request.Message.Length <= MaxKeptUpdateBytes;
        refusals!.Add(new RefusedRequest(
            operation,
            zone?.Origin.ToString().ToLowerInvariant() ?? "",
            request.Source,
            key,
            answer,
            rule,
            isUpdate ? request.Message.ToArray() : default(ReadOnlyMemory<byte>)));
    }

    private static string OperationOf(in Request request)
    {
        Opcode opcode = MessageHeader.Opcode(request.Message);
        return opcode == Opcode.Update ? "update"
            : opcode == Opcode.Notify ? "notify"
            : request.Layout.HasQuestion && TransferStep.IsTransfer(request) ? "transfer"
            : QueryOperation;
    }

    private static string? VerifiedKey(in Request request) =>
        request.Scratch.VerifiedKeyName.IsEmpty ? null : TsigText.LogName(request.Scratch.VerifiedKeyName);

    private static string Question(in Request request) =>
        $"{QuestionName(request)} {request.Layout.QuestionClass} {request.Layout.QuestionType}";

    /// <summary>The question as lines about refusals have it.</summary>
    private static string QuestionInQuotes(in Request request) =>
        $"{QuestionName(request)}/{request.Layout.QuestionType}/{request.Layout.QuestionClass}";

    private static string QuestionName(in Request request) =>
        NameText.ToText(request.Layout.QuestionName(request.Message), keepFinalDot: false);
}
