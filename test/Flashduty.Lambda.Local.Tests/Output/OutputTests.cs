using System.Text;
using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Local.Output;

namespace Flashduty.Lambda.Local.Tests.Output;

/// <summary>What a person sees of an alert and of the function's log.</summary>
public sealed class OutputTests
{
    private static (string Output, string Error) Log(bool isReal, params string[] writes)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var log = new FunctionLog(new Terminal(output, error), isReal);
        foreach (var write in writes)
        {
            log.Write(Encoding.UTF8.GetBytes(write));
        }

        return (output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("""{"level":"WARN","message":"Mind this."}""", "WARN Mind this.\n")]
    [InlineData("""{"level":"ERROR","outcome":"InvalidParameter","message":"No id."}""", "ERROR InvalidParameter: No id.\n")]
    [InlineData("""{"level":"ERROR","message":"First\nsecond \u001b[2J"}""", "ERROR First\nsecond \\u001b[2J\n")]
    [InlineData("""{"level":"INFO","outcome":"Delivered","title":"t","channels":["c"],"attempts":1}""", "")]
    [InlineData("""{"Channel":"c","AlertsDelivered":1}""", "")]
    public void Only_warnings_and_errors_of_the_log_are_shown(string line, string shown) =>
        Assert.Equal(("", shown), Log(isReal: false, line + "\n"));

    [Fact]
    public void A_line_may_come_in_pieces() =>
        Assert.Equal(("", "WARN a\nWARN b\n"), Log(
            isReal: false,
            """{"level":"WA""",
            """RN","message":"a"}""" + "\n" + """{"level":"WARN",""",
            """
            "message":"b"}

            """));

    [Fact]
    public void Alert_that_Flashduty_accepted_is_shown_from_the_log()
    {
        var (output, _) = Log(isReal: true, """{"level":"INFO","outcome":"Delivered","alertKey":"k","title":"t","channels":["a","b"],"attempts":2}""" + "\n");

        Assert.Equal("[Warning] t\n  channel      a, b\n  alert key    k\n  note         Flashduty has accepted it.\n", output);
    }

    [Fact]
    public void Alert_of_a_dry_run_is_shown_from_the_log()
    {
        var (output, _) = Log(
            isReal: true,
            """{"level":"INFO","message":"Not sent.","alert":{"event_status":"Warning","title_rule":"t","alert_key":"k","labels":{}}}""" + "\n",
            """{"level":"INFO","outcome":"Delivered","alertKey":"k","title":"t","channels":["a"],"attempts":0}""" + "\n");

        Assert.Equal("[Warning] t\n  alert key    k\n  note         Not sent.\n", output);
    }

    [Fact]
    public void Text_of_an_event_cannot_move_the_cursor_or_start_a_line()
    {
        using var output = new StringWriter();
        var alert = new StandardAlert("Warning", "a\nb\u001b[2J", "one\r\ntwo\u202e", "k\r", [new("name\u0007", "v\u2028w")]);

        new Terminal(output, TextWriter.Null).WriteAlert(alert, "c\u009b", null);

        Assert.Equal(
            """
            [Warning] a\nb\u001b[2J
              channel      c\u009b
              alert key    k\r
              description  one
                           two\u202e
              labels       name\u0007  v\u2028w

            """.ReplaceLineEndings("\n"),
            output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(null, "xterm-256color", true)]
    [InlineData("", null, true)]
    [InlineData("1", "xterm-256color", false)]
    [InlineData(null, "dumb", false)]
    public void NO_COLOR_and_dumb_terminals_are_respected(string? noColor, string? term, bool usesColor) =>
        Assert.Equal(usesColor, Terminal.UsesColor(name => name == "NO_COLOR" ? noColor : name == "TERM" ? term : null));

    [Fact]
    public void Titles_and_errors_stand_out_in_color()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, isColored: true);

        terminal.WriteAlert(new StandardAlert("Warning", "title", "", "k", []), null, null);
        terminal.WriteError("wrong");

        Assert.StartsWith("\e[1m[Warning] title\e[0m", output.ToString());
        Assert.StartsWith("\e[31mwrong\e[0m", error.ToString());
    }
}
