using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>Sockets to listen on: ports, TLS and HTTP configurations by name, address lists.</summary>
internal static class ListenChecks
{
    public static void Run(CheckContext context, AclChecks acls)
    {
        if (context.Options is not { } options)
            return;
        foreach (string name in new[] { "port", "tls-port", "http-port", "https-port" })
        {
            if (options.Find(name) is { } port && port.Scalar.AsNumber() >= ushort.MaxValue)
                context.Error(port.Position, $"port '{port.Text}' out of range");
        }

        foreach (Statement listen in options.Statements.Where(s => s.Name is "listen-on" or "listen-on-v6"))
            Check(context, acls, listen);
    }

    private static void Check(CheckContext context, AclChecks acls, Statement listen)
    {
        string? tls = listen.Option("tls").AsText();
        if (tls is not null && !IsBuiltIn(tls) && context.Named("tls", tls) is null)
            context.Error(listen.Position, $"tls '{tls}' is not defined");
        if (listen.Option("http").AsText() is { } http)
        {
            if (tls is null)
                context.Error(listen.Position, "http must specify a 'tls' statement, 'tls ephemeral', or 'tls none'");
            if (!http.Equals("default", StringComparison.OrdinalIgnoreCase) && context.Named("http", http) is null)
                context.Error(listen.Position, $"http '{http}' is not defined");
        }

        if (listen.Option("port").AsNumber() is >= ushort.MaxValue and var port)
            context.Error(listen.Position, $"port value '{port}' is out of range");
        acls.Check(listen.List);
    }

    private static bool IsBuiltIn(string tls) =>
        tls.Equals("none", StringComparison.OrdinalIgnoreCase) || tls.Equals("ephemeral", StringComparison.OrdinalIgnoreCase);
}
