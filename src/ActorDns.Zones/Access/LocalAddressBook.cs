namespace ActorDns.Zones.Access;

/// <summary>
/// Where match lists find the local addresses of now. Who watches the interfaces publishes a new value by one reference write;
/// lists that were compiled before see it at the next request.
/// </summary>
public sealed class LocalAddressBook
{
    private volatile LocalAddresses _current;

    /// <summary>A book that holds <paramref name="current"/>.</summary>
    public LocalAddressBook(LocalAddresses current) => _current = current;

    /// <summary>A book with nothing in it.</summary>
    public LocalAddressBook()
        : this(LocalAddresses.Empty)
    {
    }

    /// <summary>The local addresses of now.</summary>
    public LocalAddresses Current => _current;

    /// <summary>Makes <paramref name="addresses"/> the local addresses of now.</summary>
    public void Publish(LocalAddresses addresses) => _current = addresses;
}
