using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Storage.Contracts;

/// <summary>Outcome of an operation on the store. Exceptions of the database drivers never leave it; cancellation does.</summary>
/// <typeparam name="T">What the operation gives when it is done.</typeparam>
public readonly struct StoreResult<T>
{
    /// <summary>A result of an operation that was done.</summary>
    public StoreResult(T value)
    {
        Value = value;
        Message = "";
    }

    /// <summary>A result of an operation that was not done, or of which that is not known.</summary>
    public StoreResult(StoreStatus status, string message)
    {
        Status = status;
        Message = message;
    }

    /// <summary>How it ended.</summary>
    public StoreStatus Status { get; }

    /// <summary>What it gave; default unless <see cref="IsDone"/>.</summary>
    public T? Value { get; }

    /// <summary>Why it was not done, for a log; holds no secrets.</summary>
    public string Message { get; }

    /// <summary>True when the operation was done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsDone => Status == StoreStatus.Done;

    /// <inheritdoc/>
    public override string ToString() => IsDone ? $"{Status}: {Value}" : $"{Status}: {Message}";
}
