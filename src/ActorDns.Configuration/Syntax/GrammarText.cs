using System.Net;

namespace ActorDns.Configuration.Syntax;

/// <summary>
/// Compiles the rows of a grammar table. <c>&lt;x&gt;</c> is a value type, <c>( a | b )</c> a choice, <c>{ e; ... }</c> a braced
/// list, <c>@b</c> a block; <c>[ k v ]</c> is an optional keyworded part (<c>[*</c> in any order, <c>[!</c> required,
/// <c>[+</c> of BIND 9.20), <c>[? v ]</c> an optional value without keyword. A line that begins with + goes on with the row before.
/// </summary>
internal sealed class GrammarText
{
    private static readonly ListGrammar AddressMatchList = new(new AddressMatchElementGrammar());
    private readonly string[] _words;
    private int _at;

    private GrammarText(string grammar) => _words = grammar.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static IEnumerable<StatementRule> ReadTable(string table)
    {
        string joined = table.Replace("\r", "", StringComparison.Ordinal);
        List<string> rows = [];
        foreach (string line in joined.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('+'))
                rows[^1] += line[1..];
            else
                rows.Add(line);
        }

        return rows.Select(ReadRow);
    }

    private static StatementRule ReadRow(string row)
    {
        int bar = row.IndexOf('|', StringComparison.Ordinal);
        int hash = row.IndexOf('#', StringComparison.Ordinal);
        string name = row[..bar].Trim();
        string grammar = row[(bar + 1)..(hash < 0 ? row.Length : hash)];
        string[] flags = hash < 0 ? [] : row[(hash + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        StatementClass rank = StatementClass.Current;
        ZoneKind zones = ZoneKind.None;
        foreach (string flag in flags)
        {
            rank = flag switch
            {
                "deprecated" => StatementClass.Deprecated,
                "obsolete" => StatementClass.Obsolete,
                "ancient" => StatementClass.Ancient,
                "notconfigured" => StatementClass.NotConfigured,
                "newer" => StatementClass.Newer,
                _ => rank,
            };
            if (flag.StartsWith("zones=", StringComparison.Ordinal))
                zones = ReadZones(flag[6..]);
        }

        return new StatementRule(name, Compile(grammar), rank, flags.Contains("multi"), flags.Contains("secret"), zones);
    }

    private static ZoneKind ReadZones(string letters) => letters.Aggregate(ZoneKind.None, (set, letter) => set | letter switch
    {
        'P' => ZoneKind.Primary,
        'S' => ZoneKind.Secondary,
        'M' => ZoneKind.Mirror,
        'T' => ZoneKind.Stub,
        'A' => ZoneKind.StaticStub,
        'F' => ZoneKind.Forward,
        'H' => ZoneKind.Hint,
        'R' => ZoneKind.Redirect,
        _ => ZoneKind.InView,
    });

    private static ValueGrammar Compile(string grammar) => new GrammarText(grammar).ReadSequence("");

    private ValueGrammar ReadSequence(string end)
    {
        List<ValueGrammar> parts = [];
        List<OptionGrammar> unordered = [];
        while (_at < _words.Length && _words[_at] != end && !(end == "|" && _words[_at] == ")"))
        {
            string word = _words[_at++];
            if (word == "[*")
            {
                unordered.Add(ReadOption(isRequired: false, isNewer: false));
                continue;
            }

            Flush();
            parts.Add(ReadPart(word));
        }

        Flush();
        return parts.Count == 1 ? parts[0] : new SequenceGrammar(parts);

        void Flush()
        {
            if (unordered.Count > 0)
                parts.Add(new UnorderedGrammar([.. unordered]));
            unordered.Clear();
        }
    }

    private ValueGrammar ReadPart(string word) => word switch
    {
        "[" => ReadOption(isRequired: false, isNewer: false),
        "[!" => ReadOption(isRequired: true, isNewer: false),
        "[+" => ReadOption(isRequired: false, isNewer: true),
        "[?" => ReadOptional(),
        "(" => ReadChoice(),
        "{" => ReadList(),
        _ when word[0] == '@' => new BlockGrammar(word[1..]),
        _ when word[0] == '<' => TypeOf(word),
        _ => new KeywordGrammar(word),
    };

    private OptionGrammar ReadOption(bool isRequired, bool isNewer)
    {
        string keyword = _words[_at++];
        ValueGrammar? value = _words[_at] == "]" ? null : ReadSequence("]");
        _at++;
        return new OptionGrammar(keyword, value, isRequired, isNewer);
    }

    private OptionalGrammar ReadOptional()
    {
        ValueGrammar value = ReadSequence("]");
        _at++;
        return new OptionalGrammar(value);
    }

    private ChoiceGrammar ReadChoice()
    {
        List<ValueGrammar> choices = [];
        do
            choices.Add(ReadSequence("|"));
        while (_words[_at++] == "|");
        return new ChoiceGrammar(choices);
    }

    private ListGrammar ReadList()
    {
        List<ValueGrammar> parts = [];
        int close = Array.IndexOf(_words, "...", _at);
        int last = close - 1;
        _words[last] = _words[last].TrimEnd(';');
        List<string> inner = [.. _words[_at..close]];
        parts.Add(Compile(string.Join(' ', inner)));
        _at = close + 2;
        return new ListGrammar(parts[0]);
    }

    private static ValueGrammar TypeOf(string type) => type switch
    {
        "<boolean>" => ScalarGrammars.Boolean,
        "<integer>" => ScalarGrammars.Integer,
        "<string>" => ScalarGrammars.String,
        "<quoted_string>" => ScalarGrammars.QuotedString,
        "<word>" => ScalarGrammars.Word,
        "<duration>" => ScalarGrammars.Duration,
        "<size>" or "<sizeval>" => ScalarGrammars.Size,
        "<percentage>" => ScalarGrammars.Percentage,
        "<fixedpoint>" => ScalarGrammars.FixedPoint,
        "<ip_address>" => ScalarGrammars.Address,
        "<ipv4_address>" => ScalarGrammars.Address4,
        "<ipv6_address>" => ScalarGrammars.Address6,
        "<netprefix>" => ScalarGrammars.Prefix,
        "<aml>" => AddressMatchList,
        "<raw>" => new RawGrammar(),
        "<skip>" => new SequenceGrammar([]),
        "<server-key>" => new ServerKeyGrammar(),
        "<update-rule>" => new UpdateRuleGrammar(),
        "<portrange>" => Compile("( range <integer> <integer> | <integer> )"),
        "<class>" => ScalarGrammars.Word,
        "<remote-list>" => Compile(
            "[ port <integer> ] [+ source ( <ipv4_address> | * ) ] [+ source-v6 ( <ipv6_address> | * ) ] { <remote>; ... }"),
        "<remote>" => Compile("( <ip_address> [ port <integer> ] | <string> ) [ key <string> ] [ tls <string> ]"),
        "<source4>" => new SourceAddressGrammar(ScalarGrammars.Address4, IPAddress.Any, isQuery: false, warnsOfPort: true),
        "<source6>" => new SourceAddressGrammar(ScalarGrammars.Address6, IPAddress.IPv6Any, isQuery: false, warnsOfPort: true),
        "<query-source4>" => new SourceAddressGrammar(ScalarGrammars.Address4, IPAddress.Any, isQuery: true, warnsOfPort: true),
        "<query-source6>" => new SourceAddressGrammar(ScalarGrammars.Address6, IPAddress.IPv6Any, isQuery: true, warnsOfPort: true),
        "<socket>" => new SourceAddressGrammar(ScalarGrammars.Address, IPAddress.Any, isQuery: false, warnsOfPort: false),
        _ => throw new InvalidOperationException($"the grammar tables know no value type {type}"),
    };
}
