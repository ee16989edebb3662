using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ActorDns.Configuration;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Keys;

/// <summary>Reads keys as other programs write them.</summary>
internal static partial class KeyText
{
    /// <summary>
    /// Reads <c>key</c> statements, as in named.conf and from tsig-keygen, or a <c>K*.key</c> file. The problem never holds a secret.
    /// </summary>
    public static bool TryRead(string text, out ImmutableArray<TsigKey> keys, out string problem)
    {
        keys = [];
        if (TsigKeyFile.TryParsePublic(text, out TsigKey? record) == TsigKeyFileError.None)
        {
            keys = [record!];
            problem = "";
            return true;
        }

        RndcConfiguration? read = RndcConfLoader.Load(
            OneTextSource.Path, new OneTextSource(text), out ImmutableArray<ConfigDiagnostic> found);
        problem = found.FirstOrDefault(one => one.FailsLoad) is { } wrong ? $"line {wrong.Line}: {WithoutStrings(wrong.Message)}"
            : read is null or { Keys.IsEmpty: true } ? "there is no key in it"
            : "";
        if (problem.Length > 0)
            return false;
        keys = [.. read!.Keys.Select(key => new TsigKey(key.Name, key.Algorithm, key.Secret, key.TruncatedBits ?? 0))];
        return true;
    }

    /// <summary>Reads the text of a file whose name says what it is: <c>K*.private</c>, or any of the others.</summary>
    public static bool TryReadFile(string path, string text, out ImmutableArray<TsigKey> keys, out string problem)
    {
        if (!path.EndsWith(".private", StringComparison.Ordinal))
            return TryRead(text, out keys, out problem);
        keys = [];
        TsigKeyFileError error = TsigKeyFile.TryParseFileName(path, out DomainName name, out TsigAlgorithm algorithm);
        TsigKey? key = null;
        if (error == TsigKeyFileError.None)
            error = TsigKeyFile.TryParsePrivate(text, name, out key);
        problem = error switch
        {
            TsigKeyFileError.None when key!.Algorithm != algorithm => "its name and its content name different algorithms",
            TsigKeyFileError.None => "",
            TsigKeyFileError.UnknownFormat => "it is not named or written as a K*.private file",
            TsigKeyFileError.UnknownAlgorithm => "its algorithm is none of HMAC",
            TsigKeyFileError.BadName => "its name holds no key's name",
            _ => "there is no secret in base64 in it",
        };
        if (problem.Length > 0)
            return false;
        keys = [key!];
        return true;
    }

    // What stands in quotes in a diagnostic may be what was taken for something else: a secret.
    private static string WithoutStrings(string message) => Quoted().Replace(message, "'…'");

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();
}
