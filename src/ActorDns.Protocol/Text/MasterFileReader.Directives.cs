using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Text;

/// <content>$ORIGIN, $TTL, $INCLUDE and $GENERATE.</content>
public sealed partial class MasterFileReader<TSink>
{
    private const int MaxIncludeDepth = 50;
    private const int RangeWord = 1;
    private const int OwnerWord = 2;

    private void ReadDirective(ref MasterFileScanner scanner, int depth)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        ReadOnlySpan<byte> word = scanner.TextOf(tokens[0]);
        if (Ascii.EqualsIgnoreCase(word, "$ORIGIN"u8))
        {
            if (HasWords(tokens, 2, 2, mayBeQuoted: 0) && TryReadName(scanner.TextOf(tokens[1]), out byte[] origin))
                (_origin, _isOriginNew) = (origin, true);
        }
        else if (Ascii.EqualsIgnoreCase(word, "$TTL"u8))
        {
            if (HasWords(tokens, 2, 2, mayBeQuoted: 0))
                TakeDefaultTtl(scanner.TextOf(tokens[1]));
        }
        else if (Ascii.EqualsIgnoreCase(word, "$DATE"u8))
        {
            // BIND writes it at the head of its dumps, where TTLs have run down since; in a zone it changes nothing.
            if (HasWords(tokens, 2, 2, mayBeQuoted: 0) && !SignatureTimeText.TryParse(scanner.TextOf(tokens[1]), out _))
                Error($"bad time '{MasterFileWords.Show(scanner.TextOf(tokens[1]))}'; write YYYYMMDDHHmmSS");
        }
        else if (Ascii.EqualsIgnoreCase(word, "$INCLUDE"u8))
        {
            if (HasWords(tokens, 2, 3, mayBeQuoted: 1))
                Include(ref scanner, depth);
        }
        else if (Ascii.EqualsIgnoreCase(word, "$GENERATE"u8))
        {
            if (HasWords(tokens, 5, 7, mayBeQuoted: tokens.Length - 1))
                Generate(ref scanner);
        }
        else
        {
            Error($"unknown $ directive '{MasterFileWords.Show(word)}'");
        }
    }

    private bool HasWords(ReadOnlySpan<TextToken> tokens, int least, int most, int mayBeQuoted)
    {
        if (tokens.Length < least)
            return Fail("unexpected end of line", out int _);
        if (tokens.Length > most)
            return Fail("extra input text", out int _);
        for (int word = 1; word < tokens.Length; word++)
        {
            if (tokens[word].Quoted && word != mayBeQuoted)
                return Fail("syntax error: quotes around a word of a directive", out int _);
        }

        return true;
    }

    private void TakeDefaultTtl(ReadOnlySpan<byte> word)
    {
        if (!TryReadTtl(word, out uint seconds))
            Error($"bad TTL '{MasterFileWords.Show(word)}'");
        _defaultTtl = seconds;
    }

    /// <summary>Reads another file in place; origin and owner are as before when it ends (RFC 1035 §5.1).</summary>
    private void Include(ref MasterFileScanner scanner, int depth)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        string path = Encoding.UTF8.GetString(scanner.TextOf(tokens[1]));
        byte[] outer = _origin;
        byte[] inner = outer;
        if (tokens.Length == 3 && !TryReadName(scanner.TextOf(tokens[2]), out inner))
            return;
        if (depth == MaxIncludeDepth)
        {
            Error($"$INCLUDE '{path}': files include each other more than {MaxIncludeDepth} deep");
            return;
        }

        if (!_source.TryOpen(path, out Stream? content, out string reason))
        {
            Error(reason);
            return;
        }

        byte[] owner = Owner.ToArray();
        OwnerState state = _ownerState;
        (_origin, _isOriginNew) = (inner, tokens.Length == 3);
        using (content)
            ReadWindows(content, path, depth + 1);
        (_origin, _isOriginNew) = (outer, false);
        PutBack(owner, state);
    }

    /// <summary>Makes records from a template, as BIND's manual defines it: <c>range owner [class] [ttl] [class] type data</c>.</summary>
    private void Generate(ref MasterFileScanner scanner)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        if (!GenerateRange.TryParse(scanner.TextOf(tokens[RangeWord]), out GenerateRange range))
        {
            Error($"$GENERATE: invalid range '{MasterFileWords.Show(scanner.TextOf(tokens[RangeWord]))}'");
            return;
        }

        int next = OwnerWord + 1;
        if (!TryReadHead(ref scanner, ref next, out RecordType type, out uint? ttl))
            return;
        if (next != tokens.Length - 1)
        {
            Error(next == tokens.Length
                ? "$GENERATE: unexpected end of line"
                : "$GENERATE: extra input text; data of several words stands in quotes");
            return;
        }

        if (ttl is null && _defaultTtl is null && _lastTtl is null)
        {
            Error("no TTL specified");
            return;
        }

        _generated += range.Count;
        if (_generated > MaxGeneratedRecords)
        {
            Error($"$GENERATE: more than {MaxGeneratedRecords} records");
            return;
        }

        GenerateTemplate owner = new(scanner.TextOf(tokens[OwnerWord]), tokens[OwnerWord].Quoted);
        GenerateTemplate data = new(scanner.TextOf(tokens[next]), tokens[next].Quoted);
        byte[] outerOwner = Owner.ToArray();
        OwnerState outerState = _ownerState;
        TextToken[] room = new TextToken[16];
        for (long value = range.Start; value <= range.Stop && _errors < MaxErrors; value += range.Step)
        {
            if (!owner.TryExpand(value, out ReadOnlySpan<byte> name) || !data.TryExpand(value, out ReadOnlySpan<byte> text))
            {
                Error("$GENERATE: syntax error; write ${offset}, ${offset,width} or ${offset,width,base}, base one of d o x X n N");
                break;
            }

            if (!TryTakeOwner(name))
                break;
            MasterFileScanner words = new(text, room);
            words.TryNext(out string? problem);
            if (problem is not null)
            {
                Error($"$GENERATE: {problem}");
                break;
            }

            int errors = _errors;
            ReadRdata(type, ttl, words.RdataFrom(0, _origin), isGenerated: true);
            if (_errors > errors)
                break;
        }

        PutBack(outerOwner, outerState);
    }

    private void PutBack(byte[] owner, OwnerState state)
    {
        owner.CopyTo(_owner.AsSpan());
        _ownerLength = owner.Length;
        _ownerState = state;
    }

    private bool TryReadName(ReadOnlySpan<byte> text, out byte[] name)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxBytes];
        NameTextError bad = NameText.TryParse(text, _origin, wire, out int length);
        name = [];
        if (bad != NameTextError.None)
        {
            Error($"bad name '{MasterFileWords.Show(text)}': {MasterFileWords.Describe(bad)}");
            return false;
        }

        name = wire[..length].ToArray();
        return true;
    }
}
