namespace Flashduty.Lambda.Json;

/// <summary>A JSON file that people write and deploy with the function.</summary>
internal static class JsonFile
{
    public const int MaxBytes = 1024 * 1024;

    /// <exception cref="IOException">The file cannot be read, or it is not what such a file is; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a directory, or may not be read.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        var file = new FileInfo(path);
        if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        // Opening a FIFO waits for its writer, and a device has no end. Both have no length, like an empty file, which is not JSON either.
        return file.Length switch
        {
            0 => throw new IOException("It is empty, or not a regular file."),
            > MaxBytes => throw new IOException($"It is {file.Length} bytes; the limit is {MaxBytes}."),
            _ => File.ReadAllBytes(path),
        };
    }
}
