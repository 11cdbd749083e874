# Reads structures and data of a hub with rsdmx, and writes each data frame as a table into a folder.
# usage: Rscript rsdmx.R ADDRESS FOLDER
suppressPackageStartupMessages(library(rsdmx))

arguments <- commandArgs(trailingOnly = TRUE)
v1 <- paste0(arguments[1], "/sdmx/v1")

# A frame is made within: rsdmx warns of every observation with R 4.2 and later, by a condition of its own code.
keep <- function(frame, name)
  write.csv(suppressWarnings(frame), file.path(arguments[2], paste0(name, ".csv")), row.names = FALSE, na = "", fileEncoding = "UTF-8")

# A service is known to rsdmx as a provider, which builds the URLs.
addSDMXServiceProvider(SDMXServiceProvider(agencyId = "HUB", name = "SdmxHub",
  builder = SDMXREST21RequestBuilder(regUrl = v1, repoUrl = v1, compliant = TRUE)))
ask <- function(...) readSDMX(providerId = "HUB", verbose = FALSE, ...)
get <- function(path) readSDMX(paste0(v1, path), verbose = FALSE)

keep(as.data.frame(ask(resource = "dataflow")), "dataflows")

structures <- ask(resource = "datastructure", agencyId = "IAEG-SDGs", resourceId = "SDG")
dsd <- slot(structures, "datastructures")
keep(as.data.frame(slot(slot(dsd, "datastructures")[[1]], "Components")), "components")
lists <- slot(structures, "codelists")
keep(data.frame(id = sapply(slot(lists, "codelists"), slot, "id")), "lists-of-structure")
keep(as.data.frame(lists, codelistId = "CL_AREA"), "areas-of-structure")
keep(as.data.frame(get("/codelist/IAEG-SDGs/CL_AREA/latest")), "areas")
keep(as.data.frame(get("/conceptscheme/AGY/CS")), "concepts")

# One series of fifteen dimensions, as positions in R and as text, with the names of its codes from the data structure.
positions <- as.list(c("A", "N", "EG_ACS_ELEC", "826", rep("", 11)))
keep(as.data.frame(ask(resource = "data", flowRef = "DF_SDG_GLC", key = positions, start = 2005, end = 2010)), "series")
named <- ask(resource = "data", flowRef = "DF_SDG_GLC", key = "A.N.EG_ACS_ELEC.826...........", key.mode = "SDMX", start = 2005, end = 2010, dsd = TRUE)
keep(as.data.frame(named, labels = TRUE), "series-named")

for (kind in c("genericdata", "structurespecificdata")) {
  keep(as.data.frame(get(paste0("/data/IAEG-SDGs,DF_SDG_GLC?format=", kind))), paste0("flow-", kind))
  keep(as.data.frame(get(paste0("/data/DF_ONE?format=", kind))), paste0("odd-", kind))
}

# Another dimension than time at the observation, and a flow without an answer.
keep(as.data.frame(get("/data/DF_ONE/A..?dimensionAtObservation=REF_AREA")), "cross")
keep(data.frame(said = tryCatch({ get("/data/DF_ONE/A.2.I1"); "" }, error = conditionMessage)), "nothing")
