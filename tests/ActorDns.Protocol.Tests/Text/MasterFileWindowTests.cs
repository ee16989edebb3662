using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Tests.Text;

/// <summary>Files longer than the part of them that is in memory.</summary>
public sealed class MasterFileWindowTests
{
    private const int WindowBytes = 1 << 16;

    private const string Entries =
        "a 1 TXT \"one ; ( \\\"two\" three ; comment \"\r\n  1 A ( 192.0.2.1 ; (\n\n)\n\rb 1 TXT \"x\\\ny\"\r\nbad 1 A 192.0.2\n"
        + "c 1 TXT \"open\nd 1 A )\n\ne\\.f 1 A 192.0.2.2\n   ;\n$TTL 5\ng A 192.0.2.3";

    [Fact]
    public void Entries_across_the_edge_of_the_window_are_read_as_in_one_piece()
    {
        MasterFileSample whole = MasterFileSample.Of(";\n" + Entries);
        for (int before = WindowBytes - Entries.Length - 4; before <= WindowBytes; before++)
        {
            MasterFileSample sample = MasterFileSample.Of(";" + new string('x', before) + "\n" + Entries);

            Assert.Equal(whole.Records, sample.Records);
            Assert.Equal(whole.Problems, sample.Problems);
        }

        Assert.Equal(5, whole.Records.Count);
        Assert.Equal([8, 9, 10], whole.Problems.Where(problem => problem.IsError).Select(problem => problem.Line));
    }

    [Fact]
    public void Entry_longer_than_the_usual_window_is_read()
    {
        string comments = string.Concat(Enumerable.Repeat("; between\n", 30_000));
        MasterFileSample sample = MasterFileSample.Of($"a 1 TXT (\n{comments} x )\nb 1 A 192.0.2\n");

        Assert.Equal(["a.example. 1 TXT \"x\""], sample.Records);
        Assert.Equal(30_003, Assert.Single(sample.Problems).Line);
    }

    [Fact]
    public void Parenthesis_open_over_more_than_the_largest_entry_ends_the_file_with_one_error()
    {
        byte[] text = Encoding.ASCII.GetBytes("a 1 A 192.0.2.1\nb 1 TXT (\n" + new string('\n', MasterFileWindow.MaxBytes));

        MasterFileSample sample = MasterFileSample.Of(text);

        Assert.Equal(["a.example. 1 A 192.0.2.1"], sample.Records);
        Assert.Equal(2, Assert.Single(sample.Problems).Line);
    }

    [Fact]
    public void Read_error_in_the_middle_is_reported_with_its_line()
    {
        List<MasterFileProblem> problems = [];
        MasterFileReader<Sink> reader = new(
            new MasterFileSample(), Protocol.Names.DomainName.Parse("example."), new Sink(problems));

        bool isRead = reader.Read(new BreakingStream(), "db");

        Assert.False(isRead);
        Assert.Equal(new MasterFileProblem(true, "db", 1, "the disk is gone"), Assert.Single(problems));
    }

    private readonly struct Sink(List<MasterFileProblem> problems) : IMasterFileSink
    {
        public void Record(in MasterFileRecord record) => Assert.Fail("nothing whole was read");

        public void Problem(MasterFileProblem problem) => problems.Add(problem);
    }

    private sealed class BreakingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the disk is gone");
    }
}
