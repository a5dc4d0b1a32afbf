using System.Text.RegularExpressions;
using Deployment.Tests.Templates;
using Flashduty.Lambda.Secrets;

namespace Deployment.Tests.Stack;

public sealed class KeyTests
{
    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void The_key_is_in_the_stacks_own_secret_and_nowhere_else(string name)
    {
        var stack = Stacks.Resolve(name);
        var found = Regex.Count(stack.ToJsonString(), Regex.Escape(Stacks.Key));

        if (Stacks.Parameters(name)["ExistingSecretArn"].Length > 0)
        {
            Assert.Empty(stack.OfType("AWS::SecretsManager::Secret"));
            Assert.Equal(0, found);
        }
        else
        {
            Assert.Equal(1, found);
            Assert.Equal($$"""{"integration_key":"{{Stacks.Key}}"}""", stack.Properties("IntegrationSecret")["SecretString"]!.ToString());
        }
    }

    [Fact]
    public void The_secret_that_the_stack_makes_is_one_that_the_function_reads() =>
        Assert.Equal(
            Stacks.Key,
            IntegrationSecret.Parse(Stacks.Resolve(Stacks.In("Lambda")).Properties("IntegrationSecret")["SecretString"]!.ToString())
                .IntegrationKey);

    [Theory]
    [InlineData("own", "JsonMap", "{{resolve:secretsmanager:${IntegrationSecret}:SecretString:integration_key}}")]
    [InlineData("own", "PlainText", "{{resolve:secretsmanager:${IntegrationSecret}:SecretString:integration_key}}")]
    [InlineData("existing", "JsonMap", "{{resolve:secretsmanager:" + Stacks.ExistingSecret + ":SecretString:integration_key}}")]
    [InlineData("existing", "PlainText", "{{resolve:secretsmanager:" + Stacks.ExistingSecret + ":SecretString}}")]
    public void The_connection_knows_the_key_only_as_a_reference_to_the_secret(string secret, string format, string reference)
    {
        var stack = Stacks.Resolve($"ApiDestination, arm64, {secret} secret, without topic", ("ExistingSecretFormat", format));
        var auth = stack.Properties("Connection")["AuthParameters"]!["ApiKeyAuthParameters"]!;

        Assert.Equal("FlashDuty", auth["ApiKeyName"]!.ToString());
        Assert.Equal(reference, auth["ApiKeyValue"].Substituted());
    }

    [Fact]
    public void A_new_key_revision_changes_the_connection_so_that_it_reads_the_key_anew() =>
        Assert.NotEqual(
            Stacks.Resolve(Stacks.In("ApiDestination")).Properties("Connection").ToJsonString(),
            Stacks.Resolve(Stacks.In("ApiDestination"), ("KeyRevision", "2")).Properties("Connection").ToJsonString());

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void No_output_shows_the_key_or_reads_the_secret(string name)
    {
        var outputs = Stacks.Resolve(name)["Outputs"]!.ToJsonString();

        Assert.DoesNotContain(Stacks.Key, outputs, StringComparison.Ordinal);
        Assert.DoesNotContain("resolve:", outputs, StringComparison.Ordinal);
    }

    [Fact]
    public void A_KMS_key_encrypts_the_own_secret_and_the_function_may_decrypt_with_it_through_Secrets_Manager_only()
    {
        var stack = Stacks.Resolve(Stacks.In("ApiDestination"), ("KmsKeyArn", Stacks.KmsKey));

        var decrypt = Assert.Single(
            stack.Properties("FunctionRole").Statements(),
            statement => statement["Action"].Texts().Contains("kms:Decrypt"));
        Assert.Equal(Stacks.KmsKey, decrypt["Resource"]!.ToString());
        Assert.Equal(
            "secretsmanager.${AWS::Region}.${AWS::URLSuffix}",
            decrypt["Condition"]!["StringEquals"]!["kms:ViaService"]!["Fn::Sub"]!.ToString());
        Assert.Equal(Stacks.KmsKey, stack.Properties("IntegrationSecret")["KmsKeyId"]!.ToString());
    }
}
