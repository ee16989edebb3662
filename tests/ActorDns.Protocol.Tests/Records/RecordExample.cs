namespace ActorDns.Protocol.Tests.Records;

/// <summary>One record in text as written, in text as printed, and on the wire.</summary>
internal sealed record RecordExample(string Type, string Written, string Printed, byte[] Wire)
{
    public static RecordExample Parse(string row)
    {
        string[] columns = row.Split('|');
        return new RecordExample(
            columns[0].Trim(), columns[1].Trim(), columns[2].Trim(), Convert.FromHexString(columns[3].Trim()));
    }
}
