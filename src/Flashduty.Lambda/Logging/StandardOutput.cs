using System.Runtime.InteropServices;
using Flashduty.Lambda.Limits;

namespace Flashduty.Lambda.Logging;

/// <summary>Standard output that cannot hold up the function: what nobody takes in time is dropped.</summary>
/// <remarks>A write to a full pipe blocks until its reader reads, and Lambda's may be late or gone.</remarks>
internal sealed partial class StandardOutput : Stream
{
    private const int Descriptor = 1;
    private const short PollOut = 4;

    /// <summary>A pipe that polls as writable takes as many bytes without blocking (PIPE_BUF).</summary>
    private const int ChunkBytes = 4096;

    /// <summary>The last line was dropped: until one gets through, none is waited for.</summary>
    private bool _isStalled;

    /// <summary>A line was dropped halfway, and the next one must not continue it.</summary>
    private bool _isTorn;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes a line, or as much of it as is taken within <see cref="TimeLimits.LogWrite"/>.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isTorn && WriteChunk("\n"u8) == 1)
        {
            _isTorn = false;
        }

        var start = buffer.Length;
        while (!buffer.IsEmpty)
        {
            var written = WriteChunk(buffer[..Math.Min(buffer.Length, ChunkBytes)]);
            if (written <= 0)
            {
                _isStalled = true;
                _isTorn |= buffer.Length < start;
                return;
            }

            buffer = buffer[written..];
        }

        _isStalled = false;
    }

    private unsafe int WriteChunk(ReadOnlySpan<byte> chunk)
    {
        var poll = new PollDescriptor { Descriptor = Descriptor, Events = PollOut };
        if (Poll(ref poll, 1, _isStalled ? 0 : (int)TimeLimits.LogWrite.TotalMilliseconds) <= 0)
        {
            return 0;
        }

        fixed (byte* bytes = chunk)
        {
            return (int)Write(Descriptor, bytes, (nuint)chunk.Length);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write")]
    private static unsafe partial nint Write(int descriptor, byte* bytes, nuint count);
}
