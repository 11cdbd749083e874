using System.Net;
using System.Net.Sockets;
using System.Text;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;
using SdmxHub.Tests.Web;
using SdmxHub.Web;

namespace SdmxHub.Tests.Submissions;

/// <summary>Requests that are refused while they come in: nothing of them stays, and what they cost is bounded.</summary>
public class RefusedBodyTests
{
    [TestCase("text/html", 415)]
    [TestCase("image/png", 415)]
    [TestCase("application/x-www-form-urlencoded", 415)]
    [TestCase("multipart/mixed; boundary=x", 415)]
    [TestCase("no type", 415)]
    [TestCase("multipart/form-data", 400)]
    public async Task A_type_that_is_no_message_is_refused_with_those_that_are(string type, int status)
    {
        await using var sender = await Sending.Start();
        var body = Sending.Body(Sending.Csv("1,I1,2005,1"), null);
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await sender.Post("", body);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        if (status == 415)
            Assert.That(response.Headers.GetValues("Accept-Post").Single(), Does.Contain("text/csv").And.Contain("multipart/form-data"));
    }

    [TestCase("?mode=destroy", "mode is 'destroy'")]
    [TestCase("?colour=red", "'colour' is no value")]
    [TestCase("?mode=check&mode=publish", "said twice")]
    [TestCase("?mode=draft", "draft is missing")]
    [TestCase("?mode=publish&draft=X", "leave one of them out")]
    [TestCase("?draft=../x", "draft is '../x'")]
    [TestCase("?dataflow=nonsense", "dataflow is 'nonsense'")]
    public async Task A_request_that_cannot_be_understood_is_refused(string query, string says)
    {
        await using var sender = await Sending.Start();

        var (status, detail) = await sender.Refused(query, Sending.Body(Sending.Csv("1,I1,2005,1")));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(detail, Does.Contain(says));
    }

    [Test]
    public async Task Nothing_is_no_message()
    {
        await using var sender = await Sending.Start();
        using var form = new MultipartFormDataContent { { new StringContent("publish"), "mode" } };

        var empty = await sender.Refused("", Sending.Body([]));
        var values = await sender.Refused("", form);
        var coded = await sender.Refused("", new ByteArrayContent([1, 2, 3]) { Headers = { ContentEncoding = { "br" } } });

        Assert.That((empty.Status, values.Status, coded.Status), Is.EqualTo((400, 400, 415)));
    }

    [Test]
    public async Task A_form_that_is_cut_short_is_refused_and_leaves_nothing()
    {
        await using var sender = await Sending.Start();

        var (status, _) = await sender.Refused("", Sending.Body("--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.csv\"\r\n\r\nSTRUCTURE,", "multipart/form-data; boundary=x"));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(Directory.GetFiles(Path.Combine(sender.Hub.Intake, "files")), Is.Empty);
    }

    [Test]
    public async Task Ten_gigabytes_of_zeros_are_refused_at_the_limit_in_little_memory([Values] bool isChunked)
    {
        const long Limit = 64L << 20;
        await using var sender = await Sending.Start(new HubOptions { Limits = new ReadLimits { MaxBytes = Limit } });
        using var zeros = new Zeros(10L << 30);
        var status = 0;

        var memory = PeakMemory.Of(() =>
        {
            var body = new StreamContent(zeros);
            if (!isChunked)
                body.Headers.ContentLength = zeros.Length;
            try
            {
                using var response = sender.Post("", body).GetAwaiter().GetResult();
                status = (int)response.StatusCode;
            }
            catch (HttpRequestException)
            {
                // The hub has answered and closed; the client was still sending.
                status = 413;
            }
        });

        Assert.That(status, Is.EqualTo(413));
        Assert.That(zeros.Position, Is.LessThan(4 * Limit));
        Assert.That(memory, Is.LessThan(128L << 20));
        Assert.That(Directory.GetFiles(Path.Combine(sender.Hub.Intake, "files")), Is.Empty);
    }

    [Test]
    public async Task A_body_that_comes_too_slowly_is_cut_off()
    {
        await using var sender = await Sending.Start(new HubOptions { Intake = new IntakeOptions { MaxBodySeconds = 1 } });
        var address = sender.Hub.Client.BaseAddress!;
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/submissions HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {sender.Key}\r\nContent-Length: 1000\r\n\r\nSTRUCTURE"));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var answer = new StreamReader(stream, Encoding.ASCII);
        var status = await answer.ReadLineAsync(patience.Token);

        Assert.That(status, Is.EqualTo("HTTP/1.1 408 Request Timeout"));
        Assert.That(Directory.GetFiles(Path.Combine(sender.Hub.Intake, "files")), Is.Empty);
    }

    [Test]
    public async Task Who_goes_away_in_the_middle_leaves_nothing()
    {
        await using var sender = await Sending.Start();
        var address = sender.Hub.Client.BaseAddress!;
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            await using var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/submissions HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {sender.Key}\r\nContent-Length: 1000\r\n\r\nSTRUCTURE"));
            await Wait(() => Files(sender).Length == 1);
            socket.LingerState = new LingerOption(true, 0);
        }

        await Wait(() => Files(sender).Length == 0);

        Assert.That(Files(sender), Is.Empty);
    }

    static string[] Files(Sending sender) => Directory.GetFiles(Path.Combine(sender.Hub.Intake, "files"));

    static async Task Wait(Func<bool> until)
    {
        for (var i = 0; i < 500 && !until(); i++)
            await Task.Delay(20);
    }

    /// <summary>Zeros without end in sight, made as they are read.</summary>
    sealed class Zeros(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, count).Clear();
            Position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
