using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorDns.System.Tests.Updates;

/// <summary>
/// What strace (<c>-f -y -xx</c>) saw a server do: writes to the files of its store, syncs of them, and replies that left, in the order in
/// which the calls ended. From it the files can be had as they were on the disk at any reply.
/// </summary>
internal sealed partial class SyncTrace
{
    private readonly string _store;
    private readonly Dictionary<int, string> _unfinished = [];
    private readonly Dictionary<int, int> _syncsBefore = []; // A call that is unfinished.
    private readonly Dictionary<string, byte[]> _written = [];
    private readonly Dictionary<string, byte[]> _durable = [];
    private readonly List<byte[]> _unsynced = [];

    public SyncTrace(string store) => _store = store;

    /// <summary>Calls that wrote to the store.</summary>
    public int Writes { get; private set; }

    /// <summary>Syncs of a file of the store.</summary>
    public int Syncs { get; private set; }

    /// <summary>
    /// True when a text was written to the log of the store and no sync has followed yet. The server has other things to write beside a
    /// change, such as its keys, and they may be under way.
    /// </summary>
    public bool IsUnsynced(string text) => _unsynced.Exists(written => written.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    /// <summary>True when a text is in the log of the store as the disk has it.</summary>
    public bool IsDurable(string text) =>
        _durable.GetValueOrDefault(_store + "-wal", []).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    /// <summary>Reads the trace; the action is called for each UPDATE reply with NOERROR.</summary>
    public void Read(IEnumerable<string> lines, Action<SyncTrace> atReply)
    {
        foreach (string line in lines)
        {
            Match process = ProcessText().Match(line);
            string call = line[process.Length..];
            int id = int.Parse(process.Groups[1].Value, CultureInfo.InvariantCulture);
            if (call.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                _unfinished[id] = call[..^"<unfinished ...>".Length];
                _syncsBefore[id] = Syncs;
                if (!IsSync(call))
                    Take(_unfinished[id], atReply); // What it writes may be seen from now on.
            }
            else if (call.StartsWith("<... ", StringComparison.Ordinal))
            {
                if (!_unfinished.Remove(id, out string? start))
                    continue;
                string whole = start + call[(call.IndexOf('>', StringComparison.Ordinal) + 1)..];
                if (IsSync(start))
                    Take(whole, atReply);
                else if (start.StartsWith("sendmmsg(", StringComparison.Ordinal) && !ReplyText().IsMatch(start))
                    TakeLate(whole, _syncsBefore[id], atReply);
            }
            else
            {
                Take(call, atReply);
            }
        }
    }

    /// <summary>Writes the files as the disk has them, whatever the caches held.</summary>
    public void WriteImage(string folder)
    {
        foreach ((string file, byte[] content) in _durable)
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file)), content);
    }

    private static bool IsSync(string call) =>
        call.StartsWith("fdatasync(", StringComparison.Ordinal) || call.StartsWith("fsync(", StringComparison.Ordinal);

    private void Take(string call, Action<SyncTrace> atReply)
    {
        if (call.StartsWith("send", StringComparison.Ordinal))
        {
            if (ReplyText().IsMatch(call))
                atReply(this);
            return;
        }

        Match file = FileText().Match(call);
        if (!file.Success)
            return;
        string path = Encoding.UTF8.GetString(Octets(file.Groups[1].Value));
        if (path != _store && path != _store + "-wal")
            return;
        if (IsSync(call))
        {
            if (!call.TrimEnd().EndsWith("= 0", StringComparison.Ordinal))
                return;
            Syncs++;
            _durable[path] = _written.GetValueOrDefault(path, []);
            if (path.EndsWith("-wal", StringComparison.Ordinal))
                _unsynced.Clear();
        }
        else if (call.StartsWith("pwrite64(", StringComparison.Ordinal))
        {
            Writes++;
            Write(path, call);
        }
        else if (call.StartsWith("ftruncate(", StringComparison.Ordinal))
        {
            int length = int.Parse(LengthText().Match(call).Groups[1].Value, CultureInfo.InvariantCulture);
            byte[] cut = [.. _written.GetValueOrDefault(path, [])];
            Array.Resize(ref cut, length);
            _written[path] = cut;
        }
    }

    // What sendmmsg sends is told when it ends. Nothing may have been synced meanwhile, or its place is not known.
    private void TakeLate(string call, int syncsBefore, Action<SyncTrace> atReply)
    {
        if (ReplyText().IsMatch(call) && Syncs != syncsBefore)
            throw new FormatException("a sync ended while a reply was sent: which came first is not known");
        Take(call, atReply);
    }

    private static byte[] Octets(string hexadecimal) =>
        Convert.FromHexString(hexadecimal.Replace("\\x", "", StringComparison.Ordinal));

    private void Write(string path, string call)
    {
        Match write = WriteText().Match(call);
        if (!write.Success)
            throw new FormatException($"not understood: {call[..Math.Min(call.Length, 200)]}");
        byte[] data = Octets(write.Groups[1].Value);
        if (path.EndsWith("-wal", StringComparison.Ordinal))
            _unsynced.Add(data);
        int offset = int.Parse(write.Groups[2].Value, CultureInfo.InvariantCulture);

        // Copied: what was durable before stays as it was.
        byte[] content = [.. _written.GetValueOrDefault(path, [])];
        if (content.Length < offset + data.Length)
            Array.Resize(ref content, offset + data.Length);
        data.CopyTo(content, offset);
        _written[path] = content;
    }

    [GeneratedRegex(@"^(?:\[pid +)?(\d+)\]? +")]
    private static partial Regex ProcessText();

    [GeneratedRegex(@"^\w+\(\d+<([^>]*)>")]
    private static partial Regex FileText();

    /// <summary>A header with QR, UPDATE and NOERROR, at the beginning or after the length that TCP has before it.</summary>
    [GeneratedRegex(@"""(\\x[0-9a-f]{2}){2,4}\\xa8\\x00\\x00\\x01\\x00\\x00")]
    private static partial Regex ReplyText();

    [GeneratedRegex(@"""((?:\\x[0-9a-f]{2})*)"", \d+, (\d+)")]
    private static partial Regex WriteText();

    [GeneratedRegex(@", (\d+)\)")]
    private static partial Regex LengthText();
}
