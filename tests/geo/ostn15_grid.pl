#!/usr/bin/perl
# Writes an NTv2 grid of OSTN15 over Leicestershire and Rutland under PROJ's name for the national one,
# from the OSTN15 table of libgeo-coordinates-osgb-perl: PROJ knows the format by its content.
# Usage: ostn15_grid.pl FILE
use strict;
use warnings;
use Geo::Coordinates::OSGB qw(ll_to_grid grid_to_ll);

my ($south, $north, $west, $east, $step) = (52.0, 53.2, -2.0, 0.0, 1 / 40); # degrees
my $rows    = 1 + int(($north - $south) / $step + 0.5);
my $columns = 1 + int(($east - $west) / $step + 0.5);

sub whole { return pack('A8 l< x4', @_) }
sub text  { return pack('A8 A8',    @_) }
sub real  { return pack('A8 d<',    @_) }

my $bytes = whole('NUM_OREC', 11) . whole('NUM_SREC', 11) . whole('NUM_FILE', 1)
    . text('GS_TYPE', 'SECONDS') . text('VERSION', 'TEST') . text('SYSTEM_F', 'OSGB36')
    . text('SYSTEM_T', 'ETRS89') . real('MAJOR_F', 6377563.396) . real('MINOR_F', 6356256.909)
    . real('MAJOR_T', 6378137) . real('MINOR_T', 6356752.3141);

# Longitudes of NTv2 are positive to the west.
$bytes .= text('SUB_NAME', 'LLR') . text('PARENT', 'NONE') . text('CREATED', '') . text('UPDATED', '')
    . real('S_LAT', $south * 3600) . real('N_LAT', $north * 3600)
    . real('E_LONG', -$east * 3600) . real('W_LONG', -$west * 3600)
    . real('LAT_INC', $step * 3600) . real('LONG_INC', $step * 3600)
    . whole('GS_COUNT', $rows * $columns);

for my $row (0 .. $rows - 1) {
    for my $column (0 .. $columns - 1) { # from the east
        my ($lat, $lon) = ($south + $row * $step, $east - $column * $step);
        my ($easting, $northing) = ll_to_grid($lat, $lon, { shape => 'OSGB36' });
        my ($etrs_lat, $etrs_lon) = grid_to_ll($easting, $northing);
        $bytes .= pack('f<4', ($etrs_lat - $lat) * 3600, ($lon - $etrs_lon) * 3600, 0, 0);
    }
}
$bytes .= text('END', '');

open my $out, '>:raw', $ARGV[0] or die "cannot write $ARGV[0]: $!";
print $out $bytes;
close $out or die "cannot write $ARGV[0]: $!";
