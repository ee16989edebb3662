using System.Globalization;
using System.Text;

namespace ActorDns.Host.Control;

/// <summary>
/// A table of the control channel's wire format: keys with binary values or tables, in the order written. A key that comes again replaces
/// what it had.
/// </summary>
internal sealed class ControlTable
{
    private readonly List<(string Key, byte[]? Data, ControlTable? Table)> _entries = [];

    /// <summary>The entries in order; each has either data or a table.</summary>
    public IReadOnlyList<(string Key, byte[]? Data, ControlTable? Table)> Entries => _entries;

    /// <summary>Adds or replaces text.</summary>
    public ControlTable Set(string key, string text) => Put(key, Encoding.UTF8.GetBytes(text), null);

    /// <summary>Adds or replaces a number, which travels as decimal digits.</summary>
    public ControlTable Set(string key, long number) => Set(key, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds or replaces octets.</summary>
    public ControlTable Set(string key, byte[] data) => Put(key, data, null);

    /// <summary>Adds or replaces a table.</summary>
    public ControlTable Set(string key, ControlTable table) => Put(key, null, table);

    /// <summary>The text of a binary value; null when there is none.</summary>
    public string? Text(string key)
    {
        int at = IndexOf(key);
        return at >= 0 && _entries[at].Data is { } data ? Encoding.UTF8.GetString(data) : null;
    }

    /// <summary>The decimal number of a binary value; null when there is none.</summary>
    public long? Number(string key) =>
        long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>The table of that name; null when there is none.</summary>
    public ControlTable? Table(string key)
    {
        int at = IndexOf(key);
        return at < 0 ? null : _entries[at].Table;
    }

    /// <summary>True when there is an entry of that name, of whatever type.</summary>
    public bool Has(string key) => IndexOf(key) >= 0;

    private ControlTable Put(string key, byte[]? data, ControlTable? table)
    {
        int at = IndexOf(key);
        if (at >= 0)
            _entries[at] = (key, data, table);
        else
            _entries.Add((key, data, table));
        return this;
    }

    private int IndexOf(string key) => _entries.FindIndex(entry => entry.Key == key);
}
