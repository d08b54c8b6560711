# In this folder, `gnuplot position.gp` draws position.svg from position.csv: 84 mm wide, letters of 7 points.
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
set terminal svg size 496,345 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'position.svg'
place(x) = x > 0 ? log10(x) : -0.477121
set xrange [-0.147505:2.25471]
set xtics nomirror ('100' 2 0, '50' 1.69897 0, '20' 1.30103 0, '10' 1 0, '5' 0.69897 0, '2' 0.30103 0, '1' 0 0)
set bars small
set multiplot
unset key
set lmargin at screen 0.1512
set rmargin at screen 0.9677
set tmargin at screen 0.8928
set bmargin at screen 0.1971
set xlabel "position in the context (tokens)" noenhanced offset 0,0.3
set title "" noenhanced offset 0,-0.5
set ylabel "held-out loss (nats a token)" noenhanced offset 1,0
set yrange [3.87434:5.38974]
plot \
    'position.csv' every ::1 using ($1 == 0 ? place($2) + -0 : NaN):4:5 with filledcurves ls 1 fs transparent solid 0.18 noborder, \
    'position.csv' every ::1 using ($1 == 0 ? place($2) + -0 : NaN):3 with lines ls 1, \
    'position.csv' every ::1 using ($1 == 0 ? place($2) + -0 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'position.csv' every ::1 using ($1 == 1 ? place($2) + 0 : NaN):4:5 with filledcurves ls 2 fs transparent solid 0.18 noborder, \
    'position.csv' every ::1 using ($1 == 1 ? place($2) + 0 : NaN):3 with lines ls 2, \
    'position.csv' every ::1 using ($1 == 1 ? place($2) + 0 : NaN):($6 == 1 ? $3 : NaN) with points ls 2
set label '' at screen 0.2480,0.9580 point ls 1
set label "Transformer" at screen 0.3004,0.9580 left noenhanced
set label '' at screen 0.5585,0.9580 point ls 2
set label "LSTM" at screen 0.6109,0.9580 left noenhanced
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset logscale
unset key
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
set samples 2
plot sample \
    [0.2117:0.2843] 0.9580 with lines ls 1, \
    [0.5222:0.5948] 0.9580 with lines ls 2, \
    NaN notitle
unset label
set samples 100
set border 3
set xtics nomirror
set ytics nomirror
set autoscale
unset lmargin
unset rmargin
unset tmargin
unset bmargin
unset multiplot
set output
