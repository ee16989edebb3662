using System.Globalization;

namespace ActorDns.Protocol.Text;

/// <summary>Something that is wrong, or looks wrong, at one place of a master file.</summary>
/// <param name="IsError">True refuses the file; false is a warning.</param>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong, in words.</param>
public sealed record MasterFileProblem(bool IsError, string File, int Line, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: {Message}");
}
