# In this folder, `gnuplot finetuning.gp` draws finetuning.svg and finetuning.pdf from finetuning.csv.
set datafile separator ','
set encoding utf8
set border 3
set tics nomirror noenhanced
set grid ytics lc rgb '#dddddd' lt 1 lw 0.5
set key noenhanced samplen 2.5 spacing 1.1
set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8
set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8
set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9
set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0
set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8
set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8
set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9
set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0
do for [kind in 'svg pdf'] {
if (kind eq 'svg') {
    set terminal svg size 860,310 font 'Helvetica,15' background '#ffffff' name 'figure'
} else {
    set terminal pdfcairo size 5.73in,2.07in font 'Helvetica,7' fontscale 1 linewidth 0.7
}
set output 'finetuning.'.kind
set xlabel 'epoch' offset 0,0.4
set xtics 1
set xrange [0.85:3.15]
set multiplot
unset key
set lmargin at screen 0.0988
set rmargin at screen 0.3314
set tmargin at screen 0.7903
set bmargin at screen 0.2097
set title "cola" noenhanced offset 0,-0.5
set ylabel "Matthews correlation × 100" noenhanced offset 1,0
plot \
    'finetuning.csv' every ::1 using ($1 == 0 && $2 == 0 ? $5 : NaN):7:8 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    '' every ::1 using ($1 == 0 && $2 == 0 ? $5 : NaN):6 with linespoints ls 1, \
    'finetuning.csv' every ::1 using ($1 == 1 && $2 == 0 ? $5 : NaN):7:8 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    '' every ::1 using ($1 == 1 && $2 == 0 ? $5 : NaN):6 with linespoints ls 2
set lmargin at screen 0.4244
set rmargin at screen 0.6570
set tmargin at screen 0.7903
set bmargin at screen 0.2097
set title "sst2" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
plot \
    'finetuning.csv' every ::1 using ($1 == 0 && $2 == 1 ? $5 : NaN):7:8 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    '' every ::1 using ($1 == 0 && $2 == 1 ? $5 : NaN):6 with linespoints ls 1, \
    'finetuning.csv' every ::1 using ($1 == 1 && $2 == 1 ? $5 : NaN):7:8 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    '' every ::1 using ($1 == 1 && $2 == 1 ? $5 : NaN):6 with linespoints ls 2
set lmargin at screen 0.7500
set rmargin at screen 0.9826
set tmargin at screen 0.7903
set bmargin at screen 0.2097
set title "story-cloze" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
plot \
    'finetuning.csv' every ::1 using ($1 == 0 && $2 == 2 ? $5 : NaN):7:8 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    '' every ::1 using ($1 == 0 && $2 == 2 ? $5 : NaN):6 with linespoints ls 1, \
    'finetuning.csv' every ::1 using ($1 == 1 && $2 == 2 ? $5 : NaN):7:8 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    '' every ::1 using ($1 == 1 && $2 == 2 ? $5 : NaN):6 with linespoints ls 2
unset border
unset tics
unset xlabel
unset ylabel
unset title
set lmargin at screen 0
set rmargin at screen 1
set key at screen 0.5,0.99 center top horizontal
plot [0:1] [0:1] \
    NaN with linespoints ls 1 title "pre-trained", \
    NaN with linespoints ls 2 title "from scratch"
set border 3
set tics nomirror
unset multiplot
}
set output
