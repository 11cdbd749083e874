using Sdmx.Formats;

namespace SdmxHub.Web;

/// <summary>Whatever else is asked for under <c>/sdmx</c>: a fault with an SDMX body.</summary>
static class UnknownPath
{
    static readonly HashSet<string> NotServedYet = ["schema", "registration"];

    public static void Map(IEndpointRouteBuilder routes) => routes.Map("/sdmx/{**path}", (RequestDelegate)Answer).Needs(HubAction.ReadStructures);

    /// <summary>Answers 501 for a resource of the standard that is not served yet, 405 for a method, else 404.</summary>
    public static Task Answer(HttpContext context)
    {
        var target = SdmxAnswer.Target(context, prefix: 1);
        var api = target.Segment(0) == "v1" ? ApiVersion.V1 : ApiVersion.V2;
        var resource = target.Segment(1) ?? "";
        var error = NotServedYet.Contains(resource)
            ? new(SdmxErrorCode.NotImplemented, $"/{resource} is not served yet.")
            : !SdmxAnswer.Methods.Contains(context.Request.Method)
            ? new(SdmxErrorCode.MethodNotAllowed, $"{context.Request.Method} is not a method of this resource.")
            : new SdmxError(SdmxErrorCode.UnknownPath, $"There is no resource '{resource}' here. Served: {Served(api)}.");
        return SdmxAnswer.Fail(context, error, api, MessageKind.Structure, context.RequestAborted);
    }

    static string Served(ApiVersion api) => api == ApiVersion.V1
        ? "/sdmx/v1/data/{flow}/{key}, /sdmx/v1/availableconstraint/{flow}/{key}, /sdmx/v1/metadata/{flow} and /sdmx/v1/{type}/{agency}/{id}/{version}"
        : "/sdmx/v2/data/{context}/{agency}/{id}/{version}/{key}, /sdmx/v2/availability/{context}/{agency}/{id}/{version}/{key}, "
            + "/sdmx/v2/structure/{type}/{agency}/{id}/{version} and /sdmx/v2/metadata/{context}/...";
}
