using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>POST /api/submissions[?mode=check|draft|publish][&amp;draft=NAME][&amp;dataflow=AGENCY:ID][&amp;agreement=AGENCY:ID][&amp;map=AGENCY:ID][&amp;without=CODE,CODE][&amp;note=...][&amp;filename=...]</c>: a message or a package.</summary>
static class SubmitEndpoint
{
    const long Framing = 1 << 20;

    /// <summary>Adds the route. 202 with the submission, 200 when it was sent before; faults are problem+json: 400 for the request, 408 for a slow body,
    /// 413 for a large one, 415 for its type, 422 for a package that cannot be used or a key used for something else, 507 for a full disk.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(SubmissionAnswer.Path, (Delegate)Submit).Needs(HubAction.Submit);

    static async Task<IResult> Submit(HttpContext context)
    {
        var headers = context.Request.Headers;
        var request = new SubmissionRequest { Key = headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null };
        MediaTypeHeaderValue? type = null;
        if (!SubmissionAnswer.TryOpen(context, out var worker, out var problem) || (problem = Read(context, request) ?? Refuse(context, out type)) is not null)
            return Refused(context, problem);
        var options = context.RequestServices.GetRequiredService<HubOptions>();
        using var upload = new Upload(worker.Submissions!.Spool, options, request);
        problem = await ReadBody(context, upload, type, options);
        if (problem is null && new SubmissionRequestRules().Validate(request) is { IsValid: false } faults)
            problem = Problem.Of(faults);
        if (problem is null && request.Mode == "publish")
            problem = AccessRules.Refuse(HubAction.Publish, Caller.Of(context), options.AnonymousRead);
        // What is sent again is answered with the first, whatever became of its draft since.
        if (problem is null && request.Mode == "draft" && !worker.Submissions.Knows(Caller.Of(context).Name, request.Key))
            _ = DraftAccess.Find(context, request.Draft!, HubAction.EditDraft, out problem);
        return problem is null ? Keep(context, worker, upload, request) : Refused(context, problem);
    }

    static IResult Keep(HttpContext context, SubmissionWorker worker, Upload upload, SubmissionRequest request)
    {
        upload.Keep();
        if (worker.Submissions!.Add(request.Of(upload.Files, Caller.Of(context)), request.Key, out var isNew) is not { } submission)
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, $"The Idempotency-Key '{request.Key}' was used for another submission.");
        if (isNew)
            worker.Wake();
        return SubmissionAnswer.Of(context, worker.WithProgress(submission), isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    static Problem? Read(HttpContext context, SubmissionRequest request)
    {
        foreach (var (name, values) in context.Request.Query)
        {
            foreach (var value in values)
            {
                if (request.Set(name, value ?? "") is { } fault)
                    return Problem.Of(StatusCodes.Status400BadRequest, fault);
            }
        }

        // Before a long body is sent for nothing; what forms and manifests say is added later, and checked again.
        return new SubmissionRequestRules().Validate(request) is { IsValid: false } faults && !faults.Errors.TrueForAll(f => f.ErrorCode == "NotNullValidator") ? Problem.Of(faults) : null;
    }

    /// <summary>Refuses by the head of the request what need not be read.</summary>
    static Problem? Refuse(HttpContext context, out MediaTypeHeaderValue? type)
    {
        var request = context.Request;
        var isType = MediaTypeHeaderValue.TryParse(request.ContentType, out type);
        if ((!isType && !string.IsNullOrEmpty(request.ContentType)) || !Upload.IsTaken(type))
        {
            context.Response.Headers["Accept-Post"] = Upload.TakenTypes;
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType,
                $"A body of type '{request.ContentType}' is not taken. What it holds is told by its content, so the type may be left out; else it is one of {Upload.TakenTypes}.");
        }

        // gzip is unpacked where the message is read, by its content.
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && encoding is not ("gzip" or "identity"))
        {
            context.Response.Headers.AcceptEncoding = "gzip, identity";
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, $"A body in Content-Encoding '{encoding}' is not taken; gzip or none is.");
        }

        var most = context.RequestServices.GetRequiredService<HubOptions>().Limits.MaxBytes;
        return request.ContentLength > most
            ? Problem.Of(StatusCodes.Status413PayloadTooLarge, FormattableString.Invariant($"The body is larger than {most:N0} bytes.")) : null;
    }

    static async Task<Problem?> ReadBody(HttpContext context, Upload upload, MediaTypeHeaderValue? type, HubOptions options)
    {
        // The spool counts the bytes itself, and says which limit is passed; the server then takes no more than what frames a form.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = Math.Min(options.Limits.MaxBytes, long.MaxValue - Framing) + Framing;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Intake.MaxBodySeconds));
        try
        {
            return await upload.ReadAsync(context.Request, type, patience.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Problem.Of(StatusCodes.Status408RequestTimeout, FormattableString.Invariant($"The body took longer than {options.Intake.MaxBodySeconds:N0} seconds."));
        }
        catch (BadHttpRequestException fault)
        {
            return Problem.Of(fault.StatusCode, fault.StatusCode == StatusCodes.Status408RequestTimeout
                ? FormattableString.Invariant($"The body came at less than {options.Intake.MinBytesPerSecond:N0} bytes a second.") : fault.Message);
        }
        catch (InvalidDataException fault)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, $"The form cannot be read: {fault.Message}");
        }
        catch (IOException fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A form that ends too soon has no other way to say so; anything else is the disk.
            return type is not null && fault.GetType() == typeof(IOException) && fault.HResult == unchecked((int)0x80131620)
                ? Problem.Of(StatusCodes.Status400BadRequest, $"The form cannot be read: {fault.Message}")
                : Problem.Of(StatusCodes.Status507InsufficientStorage, "The hub's disk has no room for the body, or fails. Nothing of it is kept; try again later.");
        }
    }

    // What is left of a refused body is not waited for.
    static Problem Refused(HttpContext context, Problem problem)
    {
        if (context.Request.ContentLength is null or > 0 && HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        return problem;
    }
}
