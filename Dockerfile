# syntax=docker/dockerfile:1
# One node of the hub. The image holds no shell and runs as a user without rights; all it writes lies in /data.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/SdmxHub.Cli -c Release -o /app --self-contained false \
 && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /data /data
USER 1654
VOLUME /data
ENV SDMXHUB__STORE=sqlite:/data/hub.db \
    SDMXHUB__URLS=http://+:5080 \
    DOTNET_EnableDiagnostics=0 \
    TMPDIR=/data
EXPOSE 5080
ENTRYPOINT ["/app/sdmxhub"]
CMD ["serve"]
