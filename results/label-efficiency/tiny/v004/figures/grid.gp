# In this folder, `gnuplot grid.gp` draws grid.svg from grid.csv: 174 mm wide, letters of 7 points.
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
set terminal svg size 1028,318 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'grid.svg'
place(x) = x > 0 ? log10(x) : 1.22185
set xrange [1.63575:2.66528]
set xtics nomirror ('400' 2.60206 0, '150' 2.17609 0, '50' 1.69897 0)
set bars small
set multiplot
unset key
set lmargin at screen 0.0730
set rmargin at screen 0.3210
set tmargin at screen 0.7484
set bmargin at screen 0.2138
set xlabel "labelled examples" noenhanced offset 0,0.3
set title "storyworld-acceptability" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
set yrange [45.845:64.655]
plot \
    'grid.csv' every ::1 using ($1 == 0 ? place($2) + -0.01594 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 0 ? place($2) + -0.01594 : NaN):3 with lines ls 1, \
    'grid.csv' every ::1 using ($1 == 0 ? place($2) + -0.01594 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'grid.csv' every ::1 using ($1 == 1 ? place($2) + -0.005312 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 1 ? place($2) + -0.005312 : NaN):3 with lines ls 2, \
    'grid.csv' every ::1 using ($1 == 1 ? place($2) + -0.005312 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'grid.csv' every ::1 using ($1 == 2 ? place($2) + 0.005312 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 2 ? place($2) + 0.005312 : NaN):3 with lines ls 3, \
    'grid.csv' every ::1 using ($1 == 2 ? place($2) + 0.005312 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'grid.csv' every ::1 using ($1 == 3 ? place($2) + 0.01594 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 3 ? place($2) + 0.01594 : NaN):3 with lines ls 4, \
    'grid.csv' every ::1 using ($1 == 3 ? place($2) + 0.01594 : NaN):($6 == 1 ? $3 : NaN) with points ls 4, \
    50 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.4037
set rmargin at screen 0.6518
set tmargin at screen 0.7484
set bmargin at screen 0.2138
set xlabel "labelled examples" noenhanced offset 0,0.3
set title "storyworld-sentiment" noenhanced offset 0,-0.5
set ylabel "accuracy × 100" noenhanced offset 1,0
set yrange [42.463:98.437]
plot \
    'grid.csv' every ::1 using ($1 == 4 ? place($2) + -0.01594 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 4 ? place($2) + -0.01594 : NaN):3 with lines ls 1, \
    'grid.csv' every ::1 using ($1 == 4 ? place($2) + -0.01594 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'grid.csv' every ::1 using ($1 == 5 ? place($2) + -0.005312 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 5 ? place($2) + -0.005312 : NaN):3 with lines ls 2, \
    'grid.csv' every ::1 using ($1 == 5 ? place($2) + -0.005312 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'grid.csv' every ::1 using ($1 == 6 ? place($2) + 0.005312 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 6 ? place($2) + 0.005312 : NaN):3 with lines ls 3, \
    'grid.csv' every ::1 using ($1 == 6 ? place($2) + 0.005312 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'grid.csv' every ::1 using ($1 == 7 ? place($2) + 0.01594 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 7 ? place($2) + 0.01594 : NaN):3 with lines ls 4, \
    'grid.csv' every ::1 using ($1 == 7 ? place($2) + 0.01594 : NaN):($6 == 1 ? $3 : NaN) with points ls 4, \
    50 with lines lc rgb '#555555' lw 1.2 dt 3
set lmargin at screen 0.7344
set rmargin at screen 0.9825
set tmargin at screen 0.7484
set bmargin at screen 0.2138
set xlabel "labelled examples" noenhanced offset 0,0.3
set title "all tasks" noenhanced offset 0,-0.5
set ylabel "mean score × 100" noenhanced offset 1,0
set yrange [45.6603:80.9147]
plot \
    'grid.csv' every ::1 using ($1 == 8 ? place($2) + -0.01594 : NaN):4:(0):($5 - $4) with vectors nohead ls 1 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 8 ? place($2) + -0.01594 : NaN):3 with lines ls 1, \
    'grid.csv' every ::1 using ($1 == 8 ? place($2) + -0.01594 : NaN):($6 == 1 ? $3 : NaN) with points ls 1, \
    'grid.csv' every ::1 using ($1 == 9 ? place($2) + -0.005312 : NaN):4:(0):($5 - $4) with vectors nohead ls 2 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 9 ? place($2) + -0.005312 : NaN):3 with lines ls 2, \
    'grid.csv' every ::1 using ($1 == 9 ? place($2) + -0.005312 : NaN):($6 == 1 ? $3 : NaN) with points ls 2, \
    'grid.csv' every ::1 using ($1 == 10 ? place($2) + 0.005312 : NaN):4:(0):($5 - $4) with vectors nohead ls 3 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 10 ? place($2) + 0.005312 : NaN):3 with lines ls 3, \
    'grid.csv' every ::1 using ($1 == 10 ? place($2) + 0.005312 : NaN):($6 == 1 ? $3 : NaN) with points ls 3, \
    'grid.csv' every ::1 using ($1 == 11 ? place($2) + 0.01594 : NaN):4:(0):($5 - $4) with vectors nohead ls 4 lw 1 dt 1, \
    'grid.csv' every ::1 using ($1 == 11 ? place($2) + 0.01594 : NaN):3 with lines ls 4, \
    'grid.csv' every ::1 using ($1 == 11 ? place($2) + 0.01594 : NaN):($6 == 1 ? $3 : NaN) with points ls 4
set label '' at screen 0.1401,0.9544 point ls 1
set label "Transformer, pre-trained" at screen 0.1654,0.9544 left noenhanced
set label '' at screen 0.3988,0.9544 point ls 2
set label "Transformer, from scratch" at screen 0.4241,0.9544 left noenhanced
set label '' at screen 0.6576,0.9544 point ls 3
set label "LSTM, pre-trained" at screen 0.6829,0.9544 left noenhanced
set label '' at screen 0.1401,0.8884 point ls 4
set label "LSTM, from scratch" at screen 0.1654,0.8884 left noenhanced
set label "commonest answer" at screen 0.4241,0.8884 left noenhanced
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
    [0.1226:0.1576] 0.9544 with lines ls 1, \
    [0.3813:0.4163] 0.9544 with lines ls 2, \
    [0.6401:0.6751] 0.9544 with lines ls 3, \
    [0.1226:0.1576] 0.8884 with lines ls 4, \
    [0.3813:0.4163] 0.8884 with lines lc rgb '#555555' lw 1.2 dt 3, \
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
