namespace Flashduty.Lambda.Errors;

/// <summary>Flashduty's own error codes, which every answer carries.</summary>
internal enum ErrorCode
{
    InternalError,
    InvalidContentType,
    InvalidParameter,
    MethodNotAllowed,
    RequestTooFrequently,
    RouteNotFound,
    Unauthorized,
}
