using System.CommandLine;
using System.Text.Json;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Makes the names of an alerts file's accounts.</summary>
internal static class AccountsCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("file") { Description = "What aws organizations list-accounts printed, as JSON", HelpName = "FILE" };
        var import = new Command("import", "Print \"accounts\" of an alerts file from an organization's list.") { file };
        import.SetAction(result => Import(result.GetRequiredValue(file), context));
        return new Command("accounts", "Name accounts in alerts.") { import };
    }

    /// <returns>The exit code: 2 for a file that is not such a list.</returns>
    private static int Import(string file, CommandContext context)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("Accounts", out var accounts))
            {
                context.Error.WriteLine($"{file}: \"Accounts\" is missing; pass what aws organizations list-accounts --output json prints.");
                return CommandLine.UsageError;
            }

            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            {
                json.WriteStartObject();
                json.WriteStartObject("accounts");
                foreach (var account in accounts.EnumerateArray())
                {
                    json.WriteStartObject(account.GetProperty("Id").GetString()!);
                    json.WriteString("name", account.GetProperty("Name").GetString());
                    json.WriteEndObject();
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            context.Output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            context.Error.WriteLine($"{file} cannot be used: {exception.Message}");
            return CommandLine.UsageError;
        }
    }
}
