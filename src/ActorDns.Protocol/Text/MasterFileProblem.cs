using System.Globalization;

namespace ActorDns.Protocol.Text;

/// <summary>Something that is wrong, or looks wrong, with a zone, at one place of a master file where that is known.</summary>
/// <param name="IsError">True refuses the zone; false is a warning.</param>
/// <param name="File">The file as it was named; empty when the problem is one of the zone as a whole.</param>
/// <param name="Line">The line, from 1; 0 when it is none of a line.</param>
/// <param name="Message">What is wrong, in words.</param>
public sealed record MasterFileProblem(bool IsError, string File, int Line, string Message)
{
    /// <summary>A problem of the zone as a whole; the message names the zone.</summary>
    public static MasterFileProblem OfZone(bool isError, string message) => new(isError, "", 0, message);

    /// <inheritdoc/>
    public override string ToString() => (File, Line) switch
    {
        ("", _) => Message,
        (_, 0) => $"{File}: {Message}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: {Message}"),
    };
}
