namespace ActorDns.Testing.Processes;

/// <summary>What a program said before it ended.</summary>
public sealed record ToolResult(string Command, int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>This result, or an exception that shows all of it when the exit code is not 0.</summary>
    public ToolResult OrThrow() => ExitCode == 0 ? this : throw new InvalidOperationException(ToString());

    public override string ToString() => $"$ {Command}\n{Output}{Errors}exit code {ExitCode}";
}
