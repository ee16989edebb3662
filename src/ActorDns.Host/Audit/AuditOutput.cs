using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace ActorDns.Host.Audit;

/// <summary>Prints what audit commands found: a table on a terminal, one line each in a pipe, or one JSON object a line.</summary>
internal static class AuditOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints rows; in a pipe their columns stand two blanks apart.</summary>
    public static void Rows(string[] headings, IReadOnlyList<string[]> rows)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (string[] row in rows)
                Console.Out.WriteLine(string.Join("  ", row.Where(static column => column.Length > 0)));
            return;
        }

        if (rows.Count == 0)
            return;
        Table table = new Table().AddColumns(headings);
        foreach (string[] row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }).Write(table);
    }

    /// <summary>Prints one object as one line.</summary>
    public static void Json(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Says on standard error that there may be more.</summary>
    public static void NoteLimit(int shown, int limit)
    {
        if (shown == limit)
            Console.Error.WriteLine($"only the newest {limit} are shown; --limit shows more");
    }
}
