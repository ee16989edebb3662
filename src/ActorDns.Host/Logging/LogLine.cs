namespace ActorDns.Host.Logging;

/// <summary>One event, ready to be written by every channel that takes it.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Category">BIND's category.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Message">The text, one line.</param>
internal readonly record struct LogLine(DateTimeOffset Time, string Category, BindLevel Level, string Message);
