using System.Buffers;
using System.Text;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Tests.Records;

/// <summary>Records as text on one line, for tests: a small splitter into words, and the engine both ways.</summary>
internal static class RecordText
{
    /// <summary>What completes relative names.</summary>
    public static readonly DomainName Origin = DomainName.Parse("example.");

    public static RecordType TypeOf(string mnemonic) =>
        RecordType.TryParse(mnemonic, out RecordType type) ? type : throw new FormatException(mnemonic);

    /// <summary>Reads RDATA text; null and what is wrong when the engine refuses it.</summary>
    public static byte[]? TryParse(string type, string text, out string? error)
    {
        byte[] source = Encoding.Latin1.GetBytes(text);
        RdataText words = new(source, Split(source), Origin.Wire);
        byte[] destination = ArrayPool<byte>.Shared.Rent(RecordFormat.MaxRdataBytes);
        bool isRead = RecordFormats.Of(TypeOf(type)).TryParseText(ref words, destination, out int length, out error);
        Assert.Equal(isRead, error is null);
        byte[]? rdata = isRead ? destination[..length] : null;
        ArrayPool<byte>.Shared.Return(destination);
        return rdata;
    }

    public static byte[] Parse(string type, string text)
    {
        byte[]? rdata = TryParse(type, text, out string? error);
        Assert.True(rdata is not null, $"{type} {text}: {error}");
        return rdata;
    }

    public static string ErrorOf(string type, string text)
    {
        byte[]? rdata = TryParse(type, text, out string? error);
        Assert.True(rdata is null, $"{type} {text}: should be an error");
        return error!;
    }

    public static string Print(string type, ReadOnlySpan<byte> rdata) => Print(RecordFormats.Of(TypeOf(type)), rdata);

    public static string Print(RecordFormat format, ReadOnlySpan<byte> rdata)
    {
        StringBuilder text = new();
        format.AppendText(text, rdata);
        return text.ToString();
    }

    public static string Canonical(string type, ReadOnlySpan<byte> rdata)
    {
        byte[] destination = new byte[rdata.Length];
        Assert.Equal(rdata.Length, RecordFormats.Of(TypeOf(type)).WriteCanonical(rdata, destination));
        return Print(type, destination);
    }

    /// <summary>Reads <paramref name="rdata"/> as if it stood in a message after a header and <paramref name="before"/>.</summary>
    public static ParseError ReadWire(
        RecordFormat format, ReadOnlySpan<byte> before, ReadOnlySpan<byte> rdata, int rdataLength, out byte[] read)
    {
        byte[] message = [.. new byte[MessageHeader.Bytes], .. before, .. rdata];
        MessageReader reader = new(message);
        int start = MessageHeader.Bytes + before.Length;
        reader.Seek(start);
        byte[] destination = ArrayPool<byte>.Shared.Rent(RecordFormat.MaxRdataBytes);
        ParseError error = format.TryReadWire(ref reader, rdataLength, destination, out int length);
        Assert.Equal(error == ParseError.None ? start + rdataLength : start, reader.Position);
        read = destination[..length];
        ArrayPool<byte>.Shared.Return(destination);
        return error;
    }

    /// <summary>Splits on blanks; a double quote opens and closes a quoted word, a backslash guards what follows.</summary>
    public static TextToken[] Split(ReadOnlySpan<byte> source)
    {
        List<TextToken> tokens = [];
        int at = 0;
        while (at < source.Length)
        {
            if (source[at] == ' ')
            {
                at++;
                continue;
            }

            bool isQuoted = source[at] == '"';
            if (isQuoted)
                at++;
            int start = at;
            while (at < source.Length && (isQuoted ? source[at] != '"' : source[at] is not ((byte)' ' or (byte)'"')))
                at += source[at] == '\\' ? 2 : 1;
            at = Math.Min(at, source.Length);
            tokens.Add(new TextToken(start, at - start, isQuoted));
            if (isQuoted)
                at++;
        }

        return [.. tokens];
    }
}
