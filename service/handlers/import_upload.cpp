// POST /imports: a file as the body, or a form with a field `file` and, as query parameters are to
// the former, fields format, source, name and mapping.
#include "data/errors.hpp"
#include "data/ingest/mapping.hpp"
#include "data/record.hpp"
#include "service/app.hpp"
#include "service/form_data.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/import_view.hpp"
#include "service/http/mapped_file.hpp"
#include "service/http/spooled_file.hpp"
#include "service/jobs/import_jobs.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>
#include <set>

namespace hotspots::service {

namespace {

constexpr std::size_t longest_field = 1 << 20;

struct Upload {
    std::shared_ptr<SpooledFile> file;
    UploadRequest request;
};

void check_words(const UploadRequest& request) {
    static constexpr std::array<std::string_view, 4> formats{"auto", "vrn", "police-uk", "istv"};
    if (!request.format.empty()) {
        choice("format", request.format, formats);
    }
    if (!request.source.empty()) {
        choice("source", request.source, data::words<data::Source>());
    }
    if (request.mapping.empty()) {
        return;
    }
    if (!request.format.empty() && request.format != "auto") {
        throw bad_parameter("format", service::quoted(request.format) +
                                          " beside a mapping; leave one of the two out");
    }
    try {
        data::parse_mapping(request.mapping, "mapping");
    } catch (const data::InputError& error) {
        throw bad_parameter("mapping", error.what());
    }
}

std::string* field_of(UploadRequest& request, std::string_view name) {
    return name == "name"      ? &request.file_name
           : name == "format"  ? &request.format
           : name == "source"  ? &request.source
           : name == "mapping" ? &request.mapping
                               : nullptr;
}

void set_field(UploadRequest& request, const FormPart& part, std::set<std::string>& given) {
    auto* field = field_of(request, part.name);
    if (!field) {
        throw bad_parameter(part.name, "unknown field of the form; it has file and, where wanted, "
                                       "name, format, source and mapping");
    }
    if (part.content.size() > longest_field) {
        throw bad_parameter(part.name, "longer than 1 MiB");
    }
    if (!given.insert(part.name).second) {
        throw bad_parameter(part.name, "given twice; expected once");
    }
    *field = part.content;
}

// The file of a form, in a file of its own beside the body.
std::shared_ptr<SpooledFile> copy_part(const SpooledFile& body, const FormPart& part) {
    constexpr std::size_t block = 1 << 20;
    auto file = std::make_shared<SpooledFile>(body.path().parent_path());
    for (auto rest = part.content; !rest.empty();) {
        const auto taken = rest.substr(0, block);
        file->append(taken);
        rest.remove_prefix(taken.size());
    }
    file->finish();
    return file;
}

Upload read_form(const SpooledFile& body, std::string_view boundary) {
    const MappedFile mapped(body.path());
    const auto parts = parse_form_data(mapped.bytes(), boundary);
    if (!parts) {
        throw Problem(400, "Bad form",
                      "the body is not the multipart/form-data that its header "
                      "says; was it cut short?");
    }
    Upload upload;
    std::set<std::string> given;
    std::string file_name;
    for (const auto& part : *parts) {
        if (part.name != "file") {
            set_field(upload.request, part, given);
            continue;
        }
        if (upload.file) {
            throw bad_parameter("file", "given twice; send one file an import, or a zip");
        }
        upload.file = copy_part(body, part);
        file_name = part.file_name;
    }
    if (!upload.file) {
        throw bad_parameter("file", "missing; the form needs a field of this name with the CSV, "
                                    "GeoJSON or zip");
    }
    if (upload.request.file_name.empty()) {
        upload.request.file_name = std::move(file_name);
    }
    return upload;
}

Upload read_upload(const Request& request) {
    static constexpr std::array<std::string_view, 3> allowed{"name", "format", "source"};
    const Parameters parameters(request.query, allowed);
    const auto type = request.header("content-type").value_or("");
    Upload upload{request.body_file, {}};
    if (const auto boundary = form_boundary(type)) {
        upload = read_form(*request.body_file, *boundary);
    } else if (is_form_type(type)) {
        throw Problem(415, "Unsupported form",
                      quoted(type) + " is not taken; send the file as the body, or "
                                     "multipart/form-data with a boundary");
    }
    for (const auto name : allowed) {
        if (const auto value = parameters.find(name)) {
            *field_of(upload.request, name) = *value;
        }
    }
    return upload;
}

} // namespace

Response post_import(const AppContext& context, const Request& request, const PathParts&) {
    auto upload = read_upload(request);
    check_words(upload.request);
    if (upload.file->bytes() == 0) {
        throw Problem(400, "Nothing to import", "the body is empty; send a CSV, GeoJSON or zip");
    }
    upload.request.caller = request.caller.name;
    const auto path = upload.file->release();
    std::string id;
    try {
        id = context.jobs->add(path, std::move(upload.request));
    } catch (...) {
        std::error_code gone; // moved already, or it goes with the folder's next clean-up
        std::filesystem::remove(path, gone);
        throw;
    }
    auto response = json_response(to_json(ImportView{id, context.jobs->find(id), {}}));
    response.status = 202;
    response.headers.push_back({"location", "/imports/" + id});
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

} // namespace hotspots::service
