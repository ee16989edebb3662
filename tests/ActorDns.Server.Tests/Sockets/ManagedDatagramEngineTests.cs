using ActorDns.Server.Sockets;

namespace ActorDns.Server.Tests.Sockets;

public sealed class ManagedDatagramEngineTests() : DatagramEngineContract(DatagramEngineKind.Managed);
