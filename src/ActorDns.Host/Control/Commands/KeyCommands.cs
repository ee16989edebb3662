using System.Collections.Immutable;
using ActorDns.Actors.Keys;
using ActorDns.Host.Keys;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control.Commands;

/// <summary>The key registry's commands. Secrets come and go sealed, see <see cref="ControlSecrets"/>.</summary>
internal sealed class KeyCommands(ServerNode node)
{
    /// <summary>Purpose of the text that <c>key import</c> carries.</summary>
    public const string ImportPurpose = "key import";

    /// <summary>Purpose of the text that <c>key export</c> answers.</summary>
    public const string ExportPurpose = "key export";

    private const string DefaultAlgorithm = "hmac-sha256";

    public IEnumerable<ControlCommand> All =>
    [
        new("key", "generate|import|list|rotate|activate|retire|revoke|export|reseal [NAME] [OPTION …]: the key registry", RunAsync)
        {
            IsHarmless = arguments => arguments.Words.Count > 0 && arguments.Words[0] == "list",
            Shown = arguments => string.Join(' ', arguments.Words.Prepend("key").TakeWhile(word => word != "--sealed")),
        },
    ];

    private async Task<ControlReply> RunAsync(ControlArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return new ControlReply(ControlResult.UnexpectedEnd);
        string verb = arguments.Words[0];
        KeyArguments words = new(arguments.Words.Skip(1));
        KeyRequest? request = verb switch
        {
            "list" => new KeyRequest.List(),
            "reseal" => new KeyRequest.Reseal(),
            "generate" => new KeyRequest.Generate(words.Name(), words.Algorithm() ?? DefaultAlgorithm, words.Options()),
            "rotate" => new KeyRequest.Rotate(words.Name(), words.Algorithm(), words.Has("--same-name"), words.Options()),
            "activate" => new KeyRequest.Activate(words.Name(), words.Generation(), words.Has("--force")),
            "retire" => new KeyRequest.Retire(words.Name(), words.Generation(), words.Has("--force")),
            "revoke" => new KeyRequest.Revoke(words.Name(), words.Generation()),
            "export" => new KeyRequest.Export(words.Name(), words.Generation(), words.Peer()),
            "import" => new KeyRequest.Import(Opened(words, arguments.Caller), words.NameOf("--replaces"), words.Options()),
            _ => null,
        };
        if (request is null)
            return new ControlReply(ControlResult.UnexpectedToken, $"'{verb}' is nothing that the key registry does");
        if (words.Problem is { } problem)
            return new ControlReply(ControlResult.Syntax, problem);
        if (request is KeyRequest.Import { Keys.IsEmpty: true })
        {
            return new ControlReply(
                ControlResult.Failure, "the keys came unreadable: 'actordns key import' sends them sealed, rndc cannot");
        }

        if (request is KeyRequest.Export && arguments.Caller?.Key is null)
            return new ControlReply(ControlResult.Failure, "secrets are given to a signed channel only");
        KeyAnswer answer = await node.AskKeysAsync(request);
        if (!answer.IsDone)
            return new ControlReply(answer.IsUnknown ? ControlResult.NotFound : ControlResult.Failure, answer.Text);
        return ControlReply.Say(request switch
        {
            KeyRequest.List when words.Has("--json") => KeyListJson.Of(answer.Report!, node.KeyCutovers),
            KeyRequest.List => KeyListText.Of(answer.Report!, node.KeyRing, node.SessionKeyName, node.KeyCutovers),
            KeyRequest.Export => Sealed(answer, arguments.Caller!.Key!),
            _ => answer.Text,
        });
    }

    private static ImmutableArray<TsigKey> Opened(KeyArguments words, ControlCaller? caller) =>
        words.Value("--sealed") is { } given
        && caller?.Key is { } channel
        && ControlSecrets.Open(channel, ImportPurpose, given) is { } text
        && KeyText.TryRead(text, out ImmutableArray<TsigKey> keys, out _)
            ? keys
            : [];

    // The first line says which key and state it is, the rest is the key's statement.
    private static string Sealed(KeyAnswer answer, TsigKey channel)
    {
        TsigKey key = answer.Key!.ToTsigKey()!;
        return ControlSecrets.Seal(channel, ExportPurpose, $"{answer.Text}\n{TsigText.FormatKeyClause(key)}");
    }
}
