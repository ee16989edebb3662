using System.Text;

namespace ActorDns.Configuration.Syntax;

/// <summary>Prints the tree in the canonical form: statements in the order of the tables, tabs, names quoted.</summary>
/// <param name="hideSecrets">True prints question marks instead of secrets.</param>
/// <param name="isOneLine">True puts everything on one line.</param>
internal sealed class CanonicalPrinter(bool hideSecrets, bool isOneLine = false)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public static string Print(SyntaxValue.Block root, bool hideSecrets)
    {
        CanonicalPrinter printer = new(hideSecrets);
        printer.PrintStatements(root);
        return printer._text.ToString();
    }

    /// <summary>One statement on one line, as <c>rndc showzone</c> prints a zone; includes its semicolon.</summary>
    public static string PrintOneLine(Statement statement)
    {
        CanonicalPrinter printer = new(hideSecrets: true, isOneLine: true);
        printer.PrintStatement(statement, isHidden: false);
        return printer._text.ToString();
    }

    private void PrintStatements(SyntaxValue.Block block)
    {
        ILookup<string, Statement> byName = block.Statements.ToLookup(s => s.Name);
        foreach (StatementRule rule in block.Rule.Rules)
        {
            foreach (Statement statement in byName[rule.Name])
            {
                Indent();
                PrintStatement(statement, rule.IsSecret && hideSecrets);
                EndLine();
            }
        }
    }

    private void PrintStatement(Statement statement, bool isHidden)
    {
        _text.Append(statement.Name);
        foreach (SyntaxValue value in statement.Values)
        {
            _text.Append(' ');
            PrintValue(value, isHidden);
        }

        _text.Append(';');
    }

    private void Indent()
    {
        if (!isOneLine)
            _text.Append('\t', _depth);
    }

    private void EndLine() => _text.Append(isOneLine ? ' ' : '\n');

    private void PrintValue(SyntaxValue value, bool isHidden)
    {
        switch (value)
        {
            case SyntaxValue.Scalar scalar:
                PrintScalar(scalar, isHidden);
                break;
            case SyntaxValue.Option option:
                _text.Append(option.Keyword);
                if (option.Value is not null)
                {
                    _text.Append(' ');
                    PrintValue(option.Value, isHidden);
                }

                break;
            case SyntaxValue.Sequence sequence:
                for (int i = 0; i < sequence.Items.Length; i++)
                {
                    if (i > 0)
                        _text.Append(' ');
                    PrintValue(sequence.Items[i], isHidden);
                }

                break;
            case SyntaxValue.Negated negated:
                _text.Append('!');
                PrintValue(negated.Inner, isHidden);
                break;
            case SyntaxValue.List list:
                PrintList(list);
                break;
            case SyntaxValue.Block block:
                _text.Append('{');
                EndLine();
                _depth++;
                PrintStatements(block);
                _depth--;
                Indent();
                _text.Append('}');
                break;
            case SyntaxValue.Raw raw:
                _text.Append(raw.Text);
                break;
        }
    }

    private void PrintList(SyntaxValue.List list)
    {
        _text.Append('{');
        EndLine();
        _depth++;
        foreach (SyntaxValue item in list.Items)
        {
            Indent();
            PrintValue(item, isHidden: false);
            _text.Append(';');
            EndLine();
        }

        _depth--;
        Indent();
        _text.Append('}');
    }

    private void PrintScalar(SyntaxValue.Scalar scalar, bool isHidden)
    {
        if (scalar.Kind is not (ScalarKind.String or ScalarKind.QuotedString))
        {
            _text.Append(scalar.Canonical);
            return;
        }

        _text.Append('"');
        if (isHidden)
            _text.Append('?', scalar.Text.Length);
        else
            _text.Append(scalar.Text.Replace("\"", "\\\"", StringComparison.Ordinal));
        _text.Append('"');
    }
}
