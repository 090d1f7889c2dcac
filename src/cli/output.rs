//! Writing figures: formats by extension, all files or none, each renamed into its place when whole.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use pressmap::Figure;
use pressmap::diagnostic::{Diagnostic, Diagnostics};
use pressmap::output;
use pressmap::scene::Scene;
use tempfile::NamedTempFile;

use super::{terminal, usage};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    Svg,
    Png,
    Webp,
    Jpeg,
}

/// Endings and their formats.
const ENDINGS: [(&str, FileFormat); 5] = [
    ("svg", FileFormat::Svg),
    ("png", FileFormat::Png),
    ("webp", FileFormat::Webp),
    ("jpg", FileFormat::Jpeg),
    ("jpeg", FileFormat::Jpeg),
];

impl FileFormat {
    /// The format that `ending` names.
    pub fn of(ending: &str) -> Option<FileFormat> {
        let ending = ending.to_ascii_lowercase();
        ENDINGS.iter().find(|(one, _)| *one == ending).map(|(_, format)| *format)
    }

    /// The format of a path, by its ending.
    pub fn of_path(path: &str) -> Result<FileFormat, Diagnostic> {
        let ending = Path::new(path).extension().map(|ending| ending.to_string_lossy().into_owned());
        ending.as_deref().and_then(FileFormat::of).ok_or_else(|| {
            usage(format!("no format is known by the name {path}"))
                .hint("end it in .svg, .png, .webp or .jpg")
        })
    }

    /// The figure in this format.
    pub fn encode(self, figure: &Figure) -> Result<Vec<u8>, Diagnostics> {
        self.encode_scene(&figure.scene, figure.output.scale, figure.output.dpi)
    }

    /// Any scene in this format, with so many pixels per px and dots per inch where it is a raster image.
    pub fn encode_scene(self, scene: &Scene, scale: f64, dpi: f64) -> Result<Vec<u8>, Diagnostics> {
        let resolution = output::raster::Resolution { scale, dpi };
        Ok(match self {
            FileFormat::Svg => output::svg::write(scene).into_bytes(),
            FileFormat::Png => output::png::write_at(scene, resolution)?,
            FileFormat::Webp => output::webp::write(scene, scale)?,
            FileFormat::Jpeg => output::jpeg::write_at(scene, resolution)?,
        })
    }
}

/// Writes all files or none: each into a temporary file beside its target, then all are renamed.
pub fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Diagnostics> {
    let mut waiting = Vec::new();
    for (path, bytes) in files {
        waiting.push((stage(path, bytes).map_err(|error| refusal(path, &error))?, path));
    }
    for (file, path) in waiting {
        file.persist(path).map_err(|error| refusal(path, &error.error))?;
    }
    Ok(())
}

fn stage(path: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    if path.is_dir() {
        return Err(std::io::Error::from(ErrorKind::IsADirectory));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".pressmap-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // as any new file; the process's umask takes its part
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

fn refusal(path: &Path, error: &std::io::Error) -> Diagnostic {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let fault = |reason: &str| Diagnostic::output(format!("{} cannot be written: {reason}", path.display()));
    match (error.kind(), folder) {
        (_, Some(folder)) if !folder.exists() => {
            fault(&format!("there is no folder {}", folder.display())).hint("make the folder first")
        }
        (ErrorKind::PermissionDenied, _) => fault("its folder may not be written to"),
        (ErrorKind::IsADirectory, _) => fault("it is a folder"),
        // the text of other errors names the temporary file
        (kind, _) => fault(&kind.to_string()),
    }
}

/// Makes the folder for outputs that were not named.
pub fn make_folder(folder: &Path) -> Result<(), Diagnostics> {
    let made = fs::create_dir_all(folder);
    made.map_err(|error| {
        Diagnostic::output(format!("the folder {} cannot be made: {error}", folder.display())).into()
    })
}

/// Refuses to write over a file that was read.
pub fn keep_sources(targets: &[PathBuf], sources: &[PathBuf]) -> Result<(), Diagnostics> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    for target in targets {
        if sources.iter().any(|source| real(source).is_some() && real(source) == real(target)) {
            let one =
                usage(format!("{} is read by this command and will not be written over", target.display()));
            return Err(one.hint("name another output").into());
        }
    }
    Ok(())
}

/// Writes one figure to standard output.
pub fn print(figure: &Figure, format: FileFormat) -> Result<(), Diagnostics> {
    terminal::print(&format.encode(figure)?)
}
