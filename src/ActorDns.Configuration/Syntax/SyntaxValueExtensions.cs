using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>Look-ups on parts of the syntax tree.</summary>
public static class SyntaxValueExtensions
{
    /// <summary>The value behind a keyword among the values; null when the keyword is absent.</summary>
    public static SyntaxValue? Option(this ImmutableArray<SyntaxValue> values, string keyword)
    {
        foreach (SyntaxValue value in values)
        {
            if (value is SyntaxValue.Option option && option.Keyword == keyword)
                return option.Value;
        }

        return null;
    }

    /// <summary>The parts of a sequence, or the value itself as the only part.</summary>
    public static ImmutableArray<SyntaxValue> Parts(this SyntaxValue value) =>
        value is SyntaxValue.Sequence sequence ? sequence.Items : [value];

    /// <summary>The text of a scalar; null for everything else.</summary>
    public static string? AsText(this SyntaxValue? value) => (value as SyntaxValue.Scalar)?.Text;

    /// <summary>The number in a scalar; null when it is none, such as <c>unlimited</c>.</summary>
    public static long? AsNumber(this SyntaxValue? value) =>
        value is SyntaxValue.Scalar scalar && long.TryParse(scalar.Text, out long number) ? number : null;
}
