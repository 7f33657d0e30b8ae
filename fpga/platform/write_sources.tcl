# SPDX-License-Identifier: Apache-2.0
#
# Writes what is made for Vitis out of a configuration: the top module, kernel.xml and link.cfg.
#
#   tclsh write_sources.tcl CONFIGURATION FOLDER

set here [file dirname [file normalize [info script]]]
foreach part {kernel.tcl top.tcl link.tcl} {
    source [file join $here $part]
}

proc writeFile {path text} {
    set file [open $path w]
    puts -nonewline $file $text
    close $file
}

lassign $argv name folder
set configuration [fastcar::configuration $name]
file mkdir $folder
writeFile [file join $folder $fastcar::kernelName.sv] [fastcar::top $configuration]
writeFile [file join $folder kernel.xml] [fastcar::kernelXml $configuration]
writeFile [file join $folder link.cfg] [fastcar::linkConfiguration $name]
